"""What a run costs in the server's memory, and whether everything stays bounded when there is much of it.

    python benchmarks/growth.py [--briefs 2000] [--runs 100]

One run with a pass of 2,000 briefs, then 100 runs of the plan `quick` queued at once, on the local stack,
with an engine that finds nothing. Prints what one brief with its finding and one idle run cost, and how large
the processes are.
"""

import argparse
import os
import sys
import time
from pathlib import Path
from typing import Any

import fresh
import psutil

HERE = Path(__file__).parent


def main() -> None:
    """Measure in a fresh installation."""
    _options()
    sys.exit(fresh.run(__file__, sys.argv[1:]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--briefs", type=int, default=2000, help="in the large run (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=100, help="queued at once (default: %(default)s)")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def measure(options: argparse.Namespace) -> None:
    """Print the table."""
    from swarm_app import Swarm  # noqa: PLC0415 — reads the environment that main has set

    with Swarm() as swarm:
        swarm.load("bench", [HERE / "growth.py"])
        before = _server(swarm)
        _large(swarm, options.briefs)
        large = _server(swarm) - before
        print(f"one run of {options.briefs} briefs: {large / 1e6:.1f} MB in the server,", end=" ")
        print(f"{large / options.briefs:.0f} bytes for a brief, its finding and its events")
        before = _server(swarm)
        _many(swarm, options.runs)
        many = _server(swarm) - before
        print(
            f"{options.runs} runs of 6 briefs: {many / options.runs / 1e3:.1f} kB for each run that has ended"
        )
        _processes()


def _large(swarm: Any, briefs: int) -> None:
    plan = Path(os.environ["SWARM_STATE_DIR"]) / "large.toml"
    plan.write_text(
        'name = "large"\nsummary = "One large pass."\n'
        f'[[passes]]\nname = "Large"\nrole = "signal"\nworkers = {briefs}\n'
    )
    handle = swarm.research("What does a brief cost?", shards=["bench"], plan=str(plan), engine="empty")
    began = time.perf_counter()
    passed = handle.result(timeout=600).passes[0]
    assert passed.reported == briefs, passed
    print(f"{briefs} of {briefs} reported in {time.perf_counter() - began:.1f} s")


def _many(swarm: Any, runs: int) -> None:
    began = time.perf_counter()
    handles = [
        swarm.research(f"What does run {number} cost?", shards=["bench"], plan="quick", engine="empty")
        for number in range(runs)
    ]
    reports = [handle.result(timeout=600) for handle in handles]
    assert all(report.state == "done" for report in reports)
    assert all(passed.reported == passed.workers for report in reports for passed in report.passes)
    print(f"{runs} of {runs} runs done in {time.perf_counter() - began:.1f} s")


def _server(swarm: Any) -> int:
    return int(swarm._store.client.info("memory")["used_memory"])


def _processes() -> None:
    me = os.environ["SWARM_STATE_DIR"]
    for process in psutil.process_iter():
        try:
            command, mine = " ".join(process.cmdline()), process.environ().get("SWARM_STATE_DIR") == me
        except psutil.Error:
            continue
        if mine and process.pid != os.getpid():
            print(f"{process.memory_info().rss / 1e6:6.0f} MB  {command[:100]}")


if __name__ == "__main__":
    measure(_options()) if "--measure" in sys.argv else main()
