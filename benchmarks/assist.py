"""How long a blocked brief waits for help, and what a run of forty takes in which five are blocked.

    python benchmarks/assist.py [--briefs 40] [--blocked 5] [--rounds 5]

The engine is blocked at every eighth brief, by a refusal, and does the others with the extractive engine, as
a helper does. Runs with and without blockers follow each other on the same two worker processes, and then on
one process with one slot; a round's ratio is taken within the round.
"""

import argparse
import os
import statistics
import sys
from pathlib import Path
from typing import Any

import fresh

HERE = Path(__file__).parent
POOLS = ({"SWARM_WORKER_PROCESSES": "2"}, {"SWARM_WORKER_PROCESSES": "1", "SWARM_CONCURRENCY": "1"})


def main() -> None:
    """Measure in a fresh installation for each pool."""
    _options()
    columns = ("slots", "to resumed", "longest", "calm", "with blocked", "ratio")
    print("".join(f"{name:>14}" for name in columns))
    for pool in POOLS:
        if status := fresh.run(__file__, sys.argv[1:], pool):
            sys.exit(status)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--briefs", type=int, default=40, help="in a run (default: %(default)s)")
    parser.add_argument("--blocked", type=int, default=5, help="of these (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="of both runs (default: %(default)s)")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def measure(options: argparse.Namespace) -> None:
    """Print one row."""
    from swarm_app import Swarm  # noqa: PLC0415 — reads the environment that main has set

    with Swarm() as swarm:
        swarm.load("bench", sorted(HERE.glob("*.py")))
        _run(swarm, options.briefs, 0)
        rounds = [
            (_run(swarm, options.briefs, 0), _run(swarm, options.briefs, options.blocked))
            for _ in range(options.rounds)
        ]
        slots = sum(node.concurrency for node in swarm.nodes() if node.kind == "worker")
    waits = [wait for _, (_, found) in rounds for wait in found]
    assert len(waits) == options.rounds * options.blocked, "a blocked brief was not resumed"
    calm, stuck = (statistics.median(each[0] for each in column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(blocked[0] / free[0] for free, blocked in rounds)
    middle, longest = statistics.median(waits), max(waits)
    seconds = "".join(f"{each:>12.2f} s" for each in (middle, longest, calm, stuck))
    print(f"{slots:>14}{seconds}{ratio:>14.2f}")


def _run(swarm: Any, briefs: int, blocked: int) -> tuple[float, list[float]]:
    """Seconds of a run, and of each blocked brief until it is resumed."""
    plan = Path(os.environ["SWARM_STATE_DIR"]) / "assist.toml"
    plan.write_text(
        'name = "assist"\nsummary = "One pass."\n[[passes]]\nname = "Pass"\nrole = "signal"\n'
        f'workers = {briefs}\ninstructions = "{briefs // blocked if blocked else 0}"\n'
    )
    asked = "How is a run measured in a fresh installation?"
    handle = swarm.research(asked, shards=["bench"], plan=str(plan), engine="stuck")
    events = list(handle.events())
    assert events[-1].type == "run.done", events[-1]
    began = {event.data["number"]: event.at for event in events if event.type == "brief.blocked"}
    resumed = {event.data["number"]: event.at for event in events if event.type == "brief.resumed"}
    assert sum(event.type == "brief.escalated" for event in events) == 0
    return events[-1].at - events[0].at, [resumed[number] - at for number, at in began.items()]


if __name__ == "__main__":
    measure(_options()) if "--measure" in sys.argv else main()
