"""What it takes a worker to borrow the lines that it needs, beside the ways of the original.

    python benchmarks/borrow.py [--tokens 800000] [--rounds 300]

A collection of real text is stored; a worker's context reads 20 lines at places taken by chance: through the
server (every time lines that this process has not read), and again from what the process keeps warm. The
original's ways, in turn with it: SET and GET of the whole text, and a JSONL file that is polled every 2 s.
"""

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import corpus
import fresh
from table import columns, machine, middle, milliseconds, row, tail, timed

LINES = 20
BLOCK = 30  # places read in a row, before the original has its turn again
WHOLE = 5  # turns of the original then: few, since what it writes keeps the server's log busy afterwards
POLL = 2.0  # seconds


def main(argv: Sequence[str] | None = None) -> int:
    """Measure in a fresh installation."""
    given = list(sys.argv[1:] if argv is None else argv)
    _options(given)
    return fresh.run(__file__, given)


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--tokens", type=int, default=800_000, help="in the collection (default: %(default)s)"
    )
    parser.add_argument("--rounds", type=int, default=300, help="places read (default: %(default)s)")
    parser.add_argument("--polls", type=int, default=10, help="of the JSONL file (default: %(default)s)")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def measure(options: argparse.Namespace) -> None:
    """Print one row for each way."""
    from swarm_app.client.swarm import Swarm  # noqa: PLC0415 — reads the environment that main has set
    from swarm_app.settings import current  # noqa: PLC0415
    from swarm_app.store.store import Store  # noqa: PLC0415
    from tasks.context import BorrowedContext  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder, Swarm() as swarm:
        texts = corpus.copy(Path(folder), options.tokens)
        shard = swarm.store_shard("borrow", [folder], capacity=2 * options.tokens)
        store = Store(current(), patient=True)
        whole = "".join(line for text in texts for line in text.lines)
        name = Path(folder).name
        places = list(
            _places([(f"{name}/{t.document.path}", t.document.lines) for t in texts], options.rounds)
        )
        times: dict[str, list[float]] = {"set": [], "get": [], "redis": [], "warm": []}
        context = BorrowedContext(store, [shard.name], {})
        for block in range(0, len(places), BLOCK):
            for _ in range(WHOLE):
                times["set"].append(timed(lambda: store.client.set("original", whole, ex=60)))
                times["get"].append(timed(lambda: store.client.get("original")))
            for name in ("redis", "warm"):  # the second time, the process has them
                for path, start in places[block : block + BLOCK]:
                    times[name].append(timed(lambda: context.read(path, start, start + LINES - 1)))  # noqa: B023
        store.close()
    machine()
    print(
        f"{shard.tokens:,} tokens, {shard.documents} documents, {len(whole):,} characters; {LINES} lines each"
    )
    _table(times, list(_polled(options.polls)))


def _places(documents: list[tuple[str, int]], count: int) -> Iterator[tuple[str, int]]:
    """A document and a first line, each of them once: documents weigh by their lines."""
    chance = random.Random(1)
    long = [(path, lines) for path, lines in documents if lines > 2 * LINES]
    chosen = chance.choices(long, weights=[lines for _, lines in long], k=count)
    yield from ((path, chance.randrange(1, lines - LINES)) for path, lines in chosen)


def _polled(count: int) -> Iterator[float]:
    """How long a message in a JSONL file waits for a reader who looks every 2 seconds."""
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bus.jsonl"
        file.touch()
        for _ in range(count):
            threading.Timer(chance.uniform(0, POLL), _append, [file]).start()
            before = file.stat().st_size
            while file.stat().st_size == before:
                time.sleep(POLL)
            yield time.time() - json.loads(file.read_text("utf-8").splitlines()[-1])["at"]


def _append(file: Path) -> None:
    with file.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps({"at": time.time()}) + "\n")


def _table(times: dict[str, list[float]], polled: list[float]) -> None:
    original = [put + got for put, got in zip(times["set"], times["get"], strict=True)]
    rows = {
        "original: SET and GET of the whole": original,
        "  of which GET": times["get"],
        "original: a JSONL file, polled every 2 s": polled,
        "borrowed through the server": times["redis"],
        "borrowed from a warm worker": times["warm"],
    }
    columns("", "median", "99 %", "original is")
    for name, values in rows.items():
        ratio = middle(original) / middle(values)
        row(name, milliseconds(middle(values)), milliseconds(tail(values)), f"{ratio:,.1f} x")


if __name__ == "__main__":
    if "--measure" in sys.argv:
        measure(_options(sys.argv[1:]))
    else:
        sys.exit(main())
