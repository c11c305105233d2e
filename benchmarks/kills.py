"""A run whose worker and shard are killed ten times over, beside an undisturbed one.

    python benchmarks/kills.py [--kills 10] [--seed N]

The documents and the question of the demo. At random moments a worker process and a shard are killed with
kill -9, alternately. Prints findings and executions of both runs: the disturbed one has the same number of
findings, and executes again only what a killed worker had not finished.
"""

import argparse
import os
import random
import signal
import sys
import time
from typing import Any

import fresh
from demo import paths, question


def main() -> None:
    """Measure in a fresh installation."""
    _options()
    short = {"SWARM_LEASE": "3", "SWARM_RECOVERY_INTERVAL": "0.5", "SWARM_ATTEMPTS": "20"}
    sys.exit(fresh.run(__file__, sys.argv[1:], short))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=10, help="how often (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments (default: %(default)s)")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def measure(options: argparse.Namespace) -> None:
    """Print one row for each run."""
    from swarm_app import Swarm  # noqa: PLC0415 — reads the environment that main has set

    with Swarm() as swarm:
        calm = swarm.research(question(), paths()).result(timeout=300)
        handle = swarm.research(question(), paths())
        unfinished = _kill(swarm, handle, options)
        stormy = handle.result(timeout=600)
    print(f"seed {options.seed}, {options.kills} kills")
    print(f"undisturbed: {len(calm.findings)} findings, {calm.executions.executed} executed")
    counts = stormy.executions
    again = f"{counts.redelivered} again, {counts.hedged} for a straggler"
    print(f"disturbed:   {len(stormy.findings)} findings, {counts.executed} executed ({again});", end=" ")
    print(f"{len(unfinished)} were unfinished when their worker was killed")
    briefs = {finding.brief_id for finding in stormy.findings}
    assert len(briefs) == len(stormy.findings) == len(calm.findings)
    assert counts.executed == len(briefs) + counts.redelivered + counts.hedged
    assert counts.redelivered <= len(unfinished), "something finished was done again"
    assert sum(passed.failed for passed in stormy.passes) == 0


def _kill(swarm: Any, handle: Any, options: argparse.Namespace) -> set[tuple[str, int]]:
    """Kill, and return the executions (brief, attempt) that were under way in a worker when it was killed."""
    chance = random.Random(options.seed)
    unfinished: set[tuple[str, int]] = set()
    for number in range(options.kills):
        time.sleep(chance.uniform(0.1, 1.0))
        if handle.progress().state.ended:
            print(f"the run ended after {number} kills")
            break
        kind = ("worker", "shard")[number % 2]
        victim = chance.choice([node for node in swarm.nodes() if node.kind == kind] or [None])
        if victim is None:
            continue
        try:
            os.kill(victim.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
        if kind == "worker":
            unfinished |= _held_by(handle, victim.name)
    return unfinished


def _held_by(handle: Any, worker: str) -> set[tuple[str, int]]:
    """What the events say that a worker, now dead, had claimed and not reported."""
    claimed: dict[tuple[int, int], tuple[str, int]] = {}
    for event in handle._store.events.read(handle.run_id, count=10_000):
        brief = (event.data.get("pass", 0), event.data.get("number", 0))
        if event.type in {"brief.claimed", "brief.hedged"} and event.data["worker"] == worker:
            claimed[brief] = (f"{handle.run_id}.{brief[0]}.{brief[1]}", event.data["attempts"])
        elif event.type in {"brief.reported", "brief.failed", "brief.late"}:
            claimed.pop(brief, None)
    return set(claimed.values())


if __name__ == "__main__":
    measure(_options()) if "--measure" in sys.argv else main()
