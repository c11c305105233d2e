"""How loading, asking and memory grow with a shard: 200,000 tokens, 2 million, 8 million, in one shard each.

    python benchmarks/scale.py [--tokens 200000,2000000,8000000] [--questions 200]

Each size in a process of its own: real text is read and counted, and then cut, indexed, saved and asked. Time
is counted in seconds of the processor, so that other work on the machine does not show; memory is what the
process takes for what it holds, beside its code.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import corpus
import psutil
from asking import questions
from table import columns, machine, milliseconds, row

from shard.context import Loaded, ShardContext
from shard.loading import loaded
from swarm_app.contracts.documents import Part
from swarm_app.documents.pack import whole
from swarm_app.documents.read import read
from swarm_app.documents.text import split_lines

_MAX_BYTES = 10_000_000


def main(argv: Sequence[str] | None = None) -> int:
    """Print one row for each size."""
    given = list(sys.argv[1:] if argv is None else argv)
    options = _options(given)
    machine()
    columns("tokens in one shard", "load, CPU s", "µs a token", "ask, median", "MB", "MB a million")
    for tokens in map(int, options.tokens.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            _print(_size(Path(folder), tokens, options.questions))
    return 0


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tokens", default="200000,2000000,8000000", help="sizes (default: %(default)s)")
    parser.add_argument("--questions", type=int, default=200, help="asked of each (default: %(default)s)")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def _size(folder: Path, tokens: int, count: int) -> dict[str, float]:
    """One size's figures: tokens, seconds of the processor to load, median seconds to ask, bytes held."""
    texts = corpus.copy(folder, tokens)
    paths = sorted(text.document.path for text in texts)
    began = time.process_time()
    again = [read(path, folder / path, max_bytes=_MAX_BYTES) for path in paths]
    reading = time.process_time() - began
    parts = [whole(text.document).model_dump() for text in again]
    given = json.dumps({"folder": str(folder), "parts": parts, "asked": questions(texts)[:count]})
    command = [sys.executable, __file__, "--measure"]
    done = subprocess.run(command, input=given, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    figures["load"] += reading
    return figures | {"tokens": sum(text.document.tokens for text in texts)}


def measure(folder: str, parts: Sequence[dict[str, Any]], asked: Sequence[str]) -> dict[str, float]:
    """Load and ask in this process."""
    place = Path(folder) / "index"
    place.mkdir()
    context = ShardContext("scale")
    before, began = psutil.Process().memory_info().rss, time.process_time()
    context.load(_loaded(Path(folder), [Part(**part) for part in parts]), place)
    loading = time.process_time() - began
    times = [_asked(context, question) for question in asked]
    return {"load": loading, "ask": median(times), "memory": psutil.Process().memory_info().rss - before}


def _loaded(folder: Path, parts: Sequence[Part]) -> Iterator[Loaded]:
    for part in parts:
        yield loaded(part, split_lines((folder / part.path).read_bytes().decode()))


def _asked(context: ShardContext, question: str) -> float:
    began = time.process_time()
    context.search([question])
    return time.process_time() - began


def _print(figures: dict[str, float]) -> None:
    tokens, memory = figures["tokens"], figures["memory"] / 1e6
    each = f"{figures['load'] / tokens * 1e6:.2f}"
    ask = milliseconds(figures["ask"])
    row(f"{tokens:,}", f"{figures['load']:.1f}", each, ask, f"{memory:.0f}", f"{memory / tokens * 1e6:.0f}")


if __name__ == "__main__":
    if "--measure" in sys.argv:
        print(json.dumps(measure(**json.loads(sys.stdin.read()))))
    else:
        sys.exit(main())
