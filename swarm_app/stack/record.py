"""What a supervisor writes down, so that the next one can take over when it is killed.

The file exists while a supervisor works and is removed at its orderly end: finding it means that the last one
was killed. Its processes are then ended by pid, told from later ones of the same number by their start, and
started anew: the server's data is on disk, and tasks that were under way are delivered again.
"""

import json
import signal
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

_CLOCK_SLACK = 1.0  # seconds by which two readings of a process's start may differ
_PATIENCE = 5.0  # seconds
_POLL = 0.02


@dataclass(frozen=True)
class Member:
    """One process of the stack."""

    kind: str
    name: str
    pid: int  # 0 while it is not running
    created: float  # Unix seconds, as psutil reads it

    def lives(self) -> bool:
        """Whether the pid is still this process's, and it is not dead and waiting to be collected."""
        with suppress(psutil.Error):
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.created) < _CLOCK_SLACK
            return bool(same and process.status() != psutil.STATUS_ZOMBIE)
        return False


@dataclass(frozen=True)
class Record:
    """A stack as it was last seen."""

    pinned: bool = False
    members: tuple[Member, ...] = ()

    def save(self, path: Path) -> None:
        """Write the record, whole or not at all; raises `OSError`."""
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(self)))
        fresh.replace(path)


def load(path: Path) -> Record:
    """The record that a killed supervisor left; empty when there is none, or none that can be read."""
    with suppress(FileNotFoundError, ValueError, KeyError, TypeError):
        read = json.loads(path.read_text())
        return Record(pinned=read["pinned"], members=tuple(Member(**member) for member in read["members"]))
    return Record()


def created(pid: int) -> float:
    """When the process started, or 0 when there is none."""
    with suppress(psutil.Error):
        return float(psutil.Process(pid).create_time())
    return 0.0


def end(members: Iterable[Member]) -> list[Member]:
    """End those that still live, in order or after five seconds by force; which ones they were."""
    living = left = [member for member in members if member.lives()]
    for number in (signal.SIGTERM, signal.SIGKILL):
        for member in left:
            with suppress(psutil.Error):
                psutil.Process(member.pid).send_signal(number)
        left = _outlasting(left, _PATIENCE)
    return living


def _outlasting(members: list[Member], seconds: float) -> list[Member]:
    deadline = time.monotonic() + seconds
    while (left := [member for member in members if member.lives()]) and time.monotonic() < deadline:
        time.sleep(_POLL)
    return left
