"""What it takes to load a collection until it can be asked, beside the bare index library on the same text.

    python benchmarks/loading.py [--tokens 800000] [--rounds 3]

In turn, in one process: tantivy alone, given every line of the files as a document; tantivy alone, given the
segments with their windows and places that a shard indexes, ready made; and all that this project does: files
read, checked and counted, stored on the server's disk, fetched, cut, indexed, saved and asked. Then the same
shard again, from its saved index.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import corpus
import fresh
import tantivy
from table import columns, machine, middle, row, spent

from swarm_app.documents.text import Text

NAME = "loading"

Spent = tuple[float, float]  # seconds on the clock, and of the processors


def main(argv: Sequence[str] | None = None) -> int:
    """Measure in a fresh installation."""
    given = list(sys.argv[1:] if argv is None else argv)
    _options(given)
    return fresh.run(__file__, given)


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tokens", type=int, default=800_000, help="to load (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="of everything (default: %(default)s)")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def measure(options: argparse.Namespace) -> None:
    """Print one row for each way and each step."""
    with tempfile.TemporaryDirectory() as folder:
        texts = corpus.copy(Path(folder), options.tokens)
        files = [Path(folder) / text.document.path for text in texts]
        rounds = [
            {"lines": _lines(files), "windows": _windows(texts), **_ours(folder, options.tokens)}
            for _ in range(options.rounds)
        ]
    machine()
    print(f"{sum(text.document.tokens for text in texts):,} tokens, {len(texts)} documents")
    _table({name: _medians([each[name] for each in rounds]) for name in rounds[0]}, options.tokens / 1e6)


def _medians(spent: Sequence[Spent]) -> Spent:
    clock, processor = zip(*spent, strict=True)
    return middle(clock), middle(processor)


def _lines(files: Sequence[Path]) -> Spent:
    """Tantivy alone: every line of every file, stemmed, with the library's own defaults."""

    def index() -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("line", tokenizer_name="en_stem")
        made = tantivy.Index(builder.build())
        writer = made.writer()
        for file in files:
            for line in file.read_text("utf-8").splitlines():
                document = tantivy.Document()
                document.add_text("line", line)
                writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        made.reload()
        made.searcher().search(made.parse_query("context", ["line"]))

    return spent(index)


def _windows(texts: Sequence[Text]) -> Spent:
    """The index alone: the segments and windows that a shard indexes, ready made."""
    from shard.entries import prepare  # noqa: PLC0415
    from shard.loading import loaded  # noqa: PLC0415
    from shard.ranking import Ranking  # noqa: PLC0415
    from swarm_app.documents.pack import whole  # noqa: PLC0415

    entries = [prepare(*loaded(whole(text.document), text.lines))[1] for text in texts]
    return spent(lambda: Ranking.made(entries))


def _ours(folder: str, tokens: int) -> dict[str, Spent]:
    from shard.loading import load  # noqa: PLC0415 — reads the environment that main has set
    from shard.saved import Saved  # noqa: PLC0415
    from swarm_app.client.loading import Loader  # noqa: PLC0415
    from swarm_app.embedded import ensure_server  # noqa: PLC0415
    from swarm_app.settings import current  # noqa: PLC0415
    from swarm_app.store.store import Store  # noqa: PLC0415

    ensure_server(current())
    store = Store(current())
    loader = Loader(current(), store)
    saved = Saved(current().stack_dir / "indexes")

    def ask() -> None:
        _, context = load(NAME, store, saved=saved)
        assert context.search(["How is a context made?"])[0]

    before = store.client.info("memory")["used_memory"]
    times = {
        "store": spent(lambda: loader.one(NAME, [Path(folder)], 2 * tokens, None)),
        "index": spent(ask),
        "again": spent(ask),
    }
    server = store.client.info("memory")["used_memory"] - before
    disk = sum(file.stat().st_size for file in (current().stack_dir / "indexes").rglob("*") if file.is_file())
    times["bytes"] = (server, disk)
    shutil.rmtree(current().stack_dir / "indexes")
    store.shards.drop(NAME)
    store.close()
    return times


_ROWS = {
    "lines": "tantivy alone, every line a document",
    "windows": "tantivy alone, our segments and windows",
    "loaded": "loaded",
    "store": "  read, checked, counted, stored on disk",
    "index": "  fetched, cut, indexed, saved and asked",
    "again": "started again from its saved index",
}


def _table(times: dict[str, Spent], millions: float) -> None:
    clock, processor = (store + index for store, index in zip(times["store"], times["index"], strict=True))
    times["loaded"] = clock, processor
    columns("", "seconds", "CPU seconds", "CPU, of lines", "CPU, of windows")
    for name, title in _ROWS.items():
        spent = times[name]
        ratios = [f"{spent[1] / times[bare][1]:.2f} x" for bare in ("lines", "windows")]
        row(title, f"{spent[0]:.2f}", f"{spent[1]:.2f}", *ratios)
    server, disk = (size / millions / 1e6 for size in times["bytes"])
    print(
        f"for a million tokens, {server:.0f} MB in the server's memory, {disk:.0f} MB of saved index on disk"
    )
    print(f"started again in 1/{clock / times['again'][0]:.0f} of the time of loading")


if __name__ == "__main__":
    if "--measure" in sys.argv:
        measure(_options(sys.argv[1:]))
    else:
        sys.exit(main())
