"""What forty identical questions at once cost, with the discovery log and without it.

    python benchmarks/sharing.py [--tokens 50000] [--rounds 20] [--clients 40]

Four shards of real text, each in a process of its own. In each round a question that nobody has asked before
is asked by all clients at once, each in a thread of its own, and then once more by one of them. Without it
(`SWARM_DISCOVERY_TTL=0`) every client asks every shard, which answers from its rapid cache.
"""

import argparse
import sys
import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import corpus
import fresh
from asking import SHARDS, questions
from table import columns, machine, middle, milliseconds, row, timed


def main(argv: Sequence[str] | None = None) -> int:
    """Measure in two fresh installations."""
    given = list(sys.argv[1:] if argv is None else argv)
    _options(given)
    return fresh.run(__file__, given) or fresh.run(__file__, given, {"SWARM_DISCOVERY_TTL": "0"})


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tokens", type=int, default=50_000, help="in each shard (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=20, help="questions (default: %(default)s)")
    parser.add_argument("--clients", type=int, default=40, help="at once (default: %(default)s)")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def measure(options: argparse.Namespace) -> None:
    """Print one row."""
    from swarm_app import Swarm  # noqa: PLC0415 — reads the environment that main has set
    from swarm_app.settings import current  # noqa: PLC0415
    from swarm_app.store.store import Store  # noqa: PLC0415

    names = [f"shared-{number}" for number in range(1, SHARDS + 1)]
    ttl = current().discovery_ttl
    with tempfile.TemporaryDirectory() as folder, Swarm() as swarm:
        texts = []
        for number, name in enumerate(names):
            place = Path(folder) / name
            texts += corpus.copy(place, options.tokens, skip=number * options.tokens)
            swarm.load(name, [place], capacity=options.tokens + 1_000)
        asked = questions(texts)[: options.rounds + 1]
        with ThreadPoolExecutor(options.clients) as pool:
            rounds = [_round(swarm, names, question, pool, options.clients) for question in asked][1:]
        counted = Store(current()).discoveries.counted().search
    if ttl:
        machine()
        print(f"{options.rounds} questions, each asked by {options.clients} clients at once")
        columns("", "all answered", "each, median", "once more", "searches")
    searches = counted.misses if ttl else len(asked) * (options.clients + 1)
    row(
        "with the log" if ttl else "without it",
        milliseconds(middle([whole for whole, _, _ in rounds])),
        milliseconds(middle([each for _, one, _ in rounds for each in one])),
        milliseconds(middle([again for _, _, again in rounds])),
        f"{searches} of {len(asked) * (options.clients + 1)}",
    )


def _round(
    swarm: Any, names: Sequence[str], question: str, pool: ThreadPoolExecutor, clients: int
) -> tuple[float, list[float], float]:
    """Seconds until all are answered, until each is, and of the same question once more."""
    ready = threading.Barrier(clients)

    def ask() -> None:
        swarm.ask(question, shards=names)  # type: ignore[attr-defined]

    def begin(_: int) -> float:
        ready.wait()
        return timed(ask)

    each: list[float] = []
    whole = timed(lambda: each.extend(pool.map(begin, range(clients))))
    return whole, each, timed(ask)


if __name__ == "__main__":
    if "--measure" in sys.argv:
        measure(_options(sys.argv[1:]))
    else:
        sys.exit(main())
