"""What a question costs: `Swarm.ask` over four shards, end to end, beside a no-op Celery task's round trip.

    python benchmarks/asking.py [--tokens 200000] [--rounds 150] [--clients 16]

Four shards of real text, each in a process of its own. In turn: a task that does nothing is sent and its
result awaited; a question that nobody has asked before; the same question again, which the shards' rapid
caches answer. Then 16 clients, each in a thread of its own, ask at once.
"""

import argparse
import random
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import corpus
import fresh
from table import columns, machine, middle, milliseconds, row, tail, timed

from swarm_app.documents.text import Text

SHARDS = 4
ASKS = 10  # of each client


def main(argv: Sequence[str] | None = None) -> int:
    """Measure in a fresh installation."""
    given = list(sys.argv[1:] if argv is None else argv)
    _options(given)
    return fresh.run(__file__, given)


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tokens", type=int, default=200_000, help="in each shard (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=150, help="of each way (default: %(default)s)")
    parser.add_argument("--clients", type=int, default=16, help="at once (default: %(default)s)")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def measure(options: argparse.Namespace) -> None:
    """Print one row for each way."""
    from bystander import working  # noqa: PLC0415 — reads the environment that main has set
    from noop import done  # noqa: PLC0415

    from swarm_app import Swarm  # noqa: PLC0415

    names = [f"ask-{number}" for number in range(1, SHARDS + 1)]
    with tempfile.TemporaryDirectory() as folder, Swarm() as swarm:
        texts: list[Text] = []
        for number, name in enumerate(names):
            place = Path(folder) / name
            texts += corpus.copy(place, options.tokens, skip=number * options.tokens)
            swarm.load(name, [place], capacity=options.tokens + 1_000)
        asked = iter(questions(texts))
        times: dict[str, list[float]] = {"no-op": [], "new": [], "again": []}
        with working(swarm):
            for _ in range(options.rounds + 5):
                question = next(asked)
                times["no-op"].append(timed(lambda: done.delay().get(timeout=30)))
                times["new"].append(timed(lambda: swarm.ask(question, shards=names)))  # noqa: B023
                times["again"].append(timed(lambda: swarm.ask(question, shards=names)))  # noqa: B023
            machine()
            print(f"{SHARDS} shards of {options.tokens:,} tokens each, {options.rounds} rounds")
            _table({name: values[5:] for name, values in times.items()})
            _together(names, [[next(asked) for _ in range(ASKS)] for _ in range(options.clients)])


def questions(texts: Sequence[Text]) -> list[str]:
    """Comments and sentences of the documents, each once: they ask for what is written nearby."""
    lines = {" ".join(re.findall(r"\w+", line)) for text in texts for line in text.lines if _is_prose(line)}
    return random.Random(1).sample(sorted(lines), k=len(lines))


def _is_prose(line: str) -> bool:
    return (
        6 <= len(line.split()) <= 14 and re.fullmatch(r"\s*(?:# )?[A-Z][\w ,'-]+[.:]?\s*", line) is not None
    )


def _table(times: dict[str, list[float]]) -> None:
    rows = {
        "a no-op task, sent and awaited": times["no-op"],
        "a new question": times["new"],
        "the same question again": times["again"],
    }
    columns("", "median", "99 %", "99 % / median", "of a no-op")
    for name, values in rows.items():
        ratio, spread = middle(values) / middle(times["no-op"]), tail(values) / middle(values)
        row(
            name,
            milliseconds(middle(values)),
            milliseconds(tail(values)),
            f"{spread:.1f} x",
            f"{ratio:.2f} x",
        )


def _together(names: Sequence[str], questions: Sequence[Sequence[str]]) -> None:
    from swarm_app import Swarm  # noqa: PLC0415

    def ask(mine: Sequence[str]) -> list[float]:
        with Swarm() as swarm:
            return [timed(lambda: swarm.ask(question, shards=names)) for question in mine]  # noqa: B023

    began = time.perf_counter()
    with ThreadPoolExecutor(len(questions)) as clients:
        times = [each for answered in clients.map(ask, questions) for each in answered]
    elapsed = time.perf_counter() - began
    rate = f"{len(times) / elapsed:.0f} a second"
    print(f"{len(questions)} clients at once: {len(times)} questions, no error, {rate}")
    row("a new question, among so many", milliseconds(middle(times)), milliseconds(tail(times)))


if __name__ == "__main__":
    if "--measure" in sys.argv:
        measure(_options(sys.argv[1:]))
    else:
        sys.exit(main())
