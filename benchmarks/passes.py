"""What one empty pass costs beside a bare Celery chord of no-op tasks of the same size.

    python benchmarks/passes.py [--sizes 5,40,400] [--rounds 5]

Both run in turn on the same worker process, broker and settings; a round's ratio is taken within the round.
The pass does all that a pass does (planning, storing briefs, one chord, claim and report of every brief,
synthesis) with an engine that finds nothing.
"""

import argparse
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import fresh

HERE = Path(__file__).parent


def main() -> None:
    """Measure in a fresh installation."""
    _options()
    sys.exit(fresh.run(__file__, sys.argv[1:]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="5,40,400", help="workers in the pass (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each (default: %(default)s)")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def measure(options: argparse.Namespace) -> None:
    """Print one row for each size."""
    from bystander import working  # noqa: PLC0415
    from noop import done, noop  # noqa: PLC0415 — reads the environment that main has set

    from swarm_app import Swarm  # noqa: PLC0415

    swarm = Swarm()
    swarm.load("bench", [HERE / "passes.py"])
    with working(swarm):
        _chord(noop, done, 5)
        _pass(swarm, 5)
        print(f"medians of {options.rounds} rounds")
        print(f"{'workers':>8} {'bare chord':>12} {'empty pass':>12} {'ratio':>7}")
        for size in map(int, options.sizes.split(",")):
            rounds = [(_chord(noop, done, size), _pass(swarm, size)) for _ in range(options.rounds)]
            chord, passed = (statistics.median(column) for column in zip(*rounds, strict=True))
            ratio = statistics.median(passed / chord for chord, passed in rounds)
            print(f"{size:>8} {chord * 1000:>9.0f} ms {passed * 1000:>9.0f} ms {ratio:>7.2f}", flush=True)
    swarm.close()


def _chord(noop: Any, done: Any, size: int) -> float:
    from celery import chord  # noqa: PLC0415

    began = time.perf_counter()
    chord([noop.si() for _ in range(size)])(done.si()).get(timeout=120)
    return time.perf_counter() - began


def _pass(swarm: Any, size: int) -> float:
    plan = Path(os.environ["SWARM_STATE_DIR"]) / f"empty-{size}.toml"
    plan.write_text(
        'name = "empty"\nsummary = "One empty pass."\n'
        f'[[passes]]\nname = "Empty"\nrole = "signal"\nworkers = {size}\n'
    )
    handle = swarm.research("What does an empty pass cost?", shards=["bench"], plan=str(plan), engine="empty")
    events = list(handle.events())
    assert events[-1].type == "run.done", events[-1]
    return events[-1].at - events[0].at


if __name__ == "__main__":
    measure(_options()) if "--measure" in sys.argv else main()
