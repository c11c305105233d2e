"""Becoming a process of its own: away from its starter, one for each directory."""

import fcntl
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from swarm_app.errors import StackError

_POLL = 0.02  # seconds
_WELL = b"\0"


class Starter:
    """The process that was started, which ends with what it is told first."""

    def __init__(self, pipe: int) -> None:
        self._pipe: int | None = pipe

    def tell(self, reason: str = "") -> None:
        """End it with status 0, or with status 1 and this reason on standard error."""
        if self._pipe is not None:
            os.write(self._pipe, reason.encode() or _WELL)
            os.close(self._pipe)
            self._pipe = None


def detach() -> Starter:
    """Go on in a child process, so that the starter learns whether it works, and has no child to wait for."""
    listen, tell = os.pipe()
    if os.fork():
        os.close(tell)
        _report(listen)
    os.close(listen)
    _redirect()
    return Starter(tell)


def only_one(lock: Path, alive: Callable[[], bool], patience: float) -> bool:
    """Lock ``lock`` for the life of this process; False when another has it and ``alive`` says that it works.

    One that has it and is about to end is waited for; raises `StackError` after ``patience`` seconds.
    """
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if alive():
                return False
            time.sleep(_POLL)
        else:
            return True
    raise StackError(
        f"Another supervisor has {lock} and neither works nor ends: end its process, and try again."
    )


def _report(listen: int) -> NoReturn:
    with os.fdopen(listen, "rb") as told:
        reason = told.read()
    if reason == _WELL:
        os._exit(0)
    sys.stderr.write(reason.decode(errors="replace"))
    sys.stderr.flush()
    os._exit(1)


def _redirect() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
