"""A worker of the benchmarks' own app: it does the project's briefs and the tasks of `noop`."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_NAME = "bench@"


@contextmanager
def working(swarm: Any) -> Iterator[None]:
    """Such a worker at work on the queue of briefs, in the environment of this process."""
    command = [sys.executable, "-m", "celery", "-A", "noop", "worker", "-Q", "research", "-n", f"{_NAME}%h"]
    quiet = ["-l", "ERROR", "--without-gossip", "--without-mingle"]
    worker = subprocess.Popen([*command, *quiet], stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while not any(node.name.startswith(_NAME) for node in swarm.nodes()):
            assert time.monotonic() < deadline, "the worker did not start"
            time.sleep(0.1)
        yield
    finally:
        worker.terminate()
        worker.wait()
