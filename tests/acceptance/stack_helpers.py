"""A local stack of its own for each test, and processes that use it."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

import psutil

from swarm_app.embedded import find
from swarm_app.embedded.start import SUPERVISED, environment
from swarm_app.errors import StackError
from swarm_app.settings import Settings, load

_DEADLINE = 20.0  # seconds

USES = """
import sys
from swarm_app.embedded import hold
from swarm_app.settings import load
lease = hold(load())
print(lease.request("server")["url"], flush=True)
sys.stdin.read()
"""

USES_AND_FORKS = """
import os, signal, sys
from swarm_app.embedded import hold
from swarm_app.settings import load
lease = hold(load())
lease.request("server")
if child := os.fork():
    print(child, flush=True)
    sys.stdin.read()
else:
    os.closerange(0, 3)
    signal.pause()
"""


def wait_until(true: Callable[[], object], what: str) -> None:
    """Wait for a condition, and fail by its name when it does not come."""
    deadline = time.monotonic() + _DEADLINE
    while not true():
        assert time.monotonic() < deadline, f"not within {_DEADLINE:.0f} s: {what}"
        time.sleep(0.02)


@contextmanager
def own_stack(**overrides: object) -> Iterator[Settings]:
    """Settings of a stack that nobody else uses, with a short path; it is ended afterwards."""
    directory = Path(tempfile.mkdtemp(prefix="sw"))
    settings = load(**{"state_dir": directory, "redis_url": None, "linger": 1} | overrides)
    try:
        yield settings
    finally:
        if (lease := find(settings)) is not None:
            lease.request("down")
        wait_until(lambda: not processes(settings), "the stack's processes end")
        shutil.rmtree(directory)


class User:
    """A Python program that holds the stack until it is told to end, in a session of its own."""

    def __init__(self, settings: Settings, program: str = USES) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", program],
            env=environment(settings),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def says(self) -> str:
        """Its first line, once the server is up: by default the server's address."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def leave(self) -> None:
        """End in order."""
        self.process.communicate("")

    def kill(self) -> None:
        """End at once, without a word to anybody."""
        self.process.kill()
        self.process.communicate()


def request(settings: Settings, op: str, **fields: object) -> dict[str, Any]:
    """The answer of a supervisor that runs, asked by somebody who does not use the stack."""
    lease = find(settings)
    assert lease is not None, f"no supervisor runs in {settings.stack_dir}"
    return lease.request(op, **fields)


def supervisor_pid(settings: Settings) -> int | None:
    """The supervisor, while one answers."""
    with suppress(AssertionError, StackError):
        return int(request(settings, "status")["pid"])
    return None


def child_pid(settings: Settings, kind: str) -> int | None:
    """The first process of a kind, while it runs under a supervisor that answers."""
    with suppress(AssertionError, StackError):
        children = request(settings, "status")["children"]
        return next((child["pid"] for child in children if child["kind"] == kind), None)
    return None


def processes(settings: Settings) -> list[int]:
    """The pids of the stack's supervisor and of all that it or an earlier one started."""
    return [process.pid for process in psutil.process_iter() if _belongs(process, settings)]


def _belongs(process: psutil.Process, settings: Settings) -> bool:
    with suppress(psutil.Error, OSError):
        command, variables = " ".join(process.cmdline()), process.environ()
        ours = variables.get("SWARM_STATE_DIR") == str(settings.state_dir)
        started = "swarm_app.stack.supervisor" in command or SUPERVISED in variables
        return str(settings.server_socket) in command or (ours and started)
    return False


def ended(pid: int) -> bool:
    """Whether a process is gone, or dead and not yet collected by its parent."""
    with suppress(psutil.NoSuchProcess):
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    return True


def mode(path: Path) -> str:
    """A file's permissions, in octal."""
    return oct(os.lstat(path).st_mode & 0o777)
