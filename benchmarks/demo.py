"""The demo by stage: seconds to read, to start and index, of each pass and the report; memory and tokens.

    python benchmarks/demo.py

The documents and the question of `make demo` (the question is read from the Makefile), from a cold start: a
fresh state directory, nothing running.
"""

import os
import re
import sys
import sysconfig
import threading
import time
from pathlib import Path

import fresh
import psutil

HERE = Path(__file__).parent
PACKAGES = ("celery", "kombu", "redis", "flower")


def main() -> None:
    """Measure in a fresh installation."""
    sys.exit(fresh.run(__file__, sys.argv[1:]))


def measure() -> None:
    """Print one row for each stage."""
    with Memory() as memory:
        began = time.perf_counter()
        from swarm_app import Swarm  # noqa: PLC0415 — reads the environment that main has set

        said: dict[bool, float] = {}  # whether it was of shards -> when something first was
        with Swarm(on_status=lambda line: said.setdefault("shard" in line, time.perf_counter())) as swarm:
            handle = swarm.research(question(), paths())
            queued = time.perf_counter()
            list(handle.events())
            ended = time.perf_counter()
            report = handle.result()
            done = time.perf_counter()
    shards = said[True]
    rows = [
        ("start, read, count, store", shards - began),
        ("start and index shards, start workers", queued - shards),
    ]
    rows += [(f"pass {each.number} {each.name}", each.seconds or 0.0) for each in report.passes]
    rows += [("report", done - ended), ("in all", done - began)]
    for name, seconds in rows:
        print(f"{name:<40} {seconds:>7.2f} s")
    print(f"{'memory of all processes, at most (PSS)':<40} {memory.most / 1e6:>7.0f} MB")
    coverage = report.coverage
    held = f"{coverage.documents} documents, {coverage.lines:,} lines, {coverage.tokens:,} tokens"
    print(f"{held}, {len(report.shards)} shards")
    usage = report.usage
    less = 1 - usage.coordinator_tokens / usage.input_tokens
    print(
        f"workers read {usage.input_tokens:,} tokens and wrote {usage.output_tokens:,}, "
        f"the coordinator {usage.coordinator_tokens:,}: {less:.1%} less than they read"
    )


def question() -> str:
    """The demo's question, as the Makefile has it."""
    if not (HERE.parent / "Makefile").is_file():
        raise SystemExit("The demo's question is in the Makefile: run this from a checkout of the project.")
    found = re.search(r"^QUESTION := (.*)$", (HERE.parent / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert found is not None
    return found[1]


def paths() -> list[Path]:
    """The demo's documents: the installed source of four packages."""
    library = Path(sysconfig.get_path("purelib"))
    return [library / package for package in PACKAGES]


class Memory:
    """Adds up the proportional memory of all processes of this installation, twice a second."""

    def __init__(self) -> None:
        self.most = 0
        self._stopped = threading.Event()

    def __enter__(self) -> "Memory":
        threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()

    def _watch(self) -> None:
        while not self._stopped.wait(0.5):
            self.most = max(self.most, sum(map(_memory, psutil.process_iter())))


def _memory(process: psutil.Process) -> int:
    try:
        if process.environ().get("SWARM_STATE_DIR") != os.environ["SWARM_STATE_DIR"]:
            return 0
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0


if __name__ == "__main__":
    measure() if "--measure" in sys.argv else main()
