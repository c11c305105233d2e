"""Leases: while a process holds one, the local stack lives on."""

import atexit
import logging
import os
import threading
from functools import partial
from pathlib import Path
from typing import Any

from swarm_app.embedded.connection import Connection
from swarm_app.embedded.protocol import VERSION, Message
from swarm_app.embedded.reach import ask, dial, reach, running
from swarm_app.embedded.start import SUPERVISED
from swarm_app.errors import SwarmError
from swarm_app.settings import Settings

log = logging.getLogger(__name__)

_PATIENCE = 2.0  # seconds between two tries to replace a supervisor that was lost and will not start


class Lease:
    """A process's use of the local stack, which ends with `release` or with the process.

    When the supervisor is killed, the lease is made again with the next one, which is started if need be, and
    so finds its users as they were. One that does not ``keep`` the stack alive only asks. Safe to share
    between threads.
    """

    def __init__(self, settings: Settings, *, keep: bool) -> None:
        self._connect = partial(reach if keep else dial, settings)
        self._lock = threading.Lock()
        self._holders = 1
        self._over = threading.Event()
        self._held: Connection | None = None
        if keep:
            held = self._hold()
            threading.Thread(target=self._last, args=[held], name="swarm-lease", daemon=True).start()

    def request(self, op: str, **fields: Any) -> Message:
        """What the supervisor answers; raises `StackError` with its reason."""
        connection, answer = ask(self._connect, op, **fields)
        connection.close()
        return answer

    def share(self) -> bool:
        """Count one holder more; False when the lease is over."""
        with self._lock:
            self._holders += 1
            return not self._over.is_set()

    def release(self) -> None:
        """Count one holder less; with the last one, this process uses the stack no more."""
        with self._lock:
            self._holders -= 1
            if self._holders == 0:
                self._end()

    def forget(self) -> None:
        """Drop this process's copy of a lease that its parent goes on holding."""
        self._over.set()
        if self._held is not None:
            self._held.drop()

    def _hold(self) -> Connection:
        connection, _ = ask(self._connect, "hold", pid=os.getpid(), version=VERSION)
        with self._lock:
            self._held = connection
            if self._over.is_set():
                connection.close()
        return connection

    def _last(self, held: Connection) -> None:
        while not self._over.is_set():
            if held.outlast():
                self._end()
            elif not self._over.is_set():
                held = self._renew(held)

    def _renew(self, lost: Connection) -> Connection:
        lost.close()
        try:
            return self._hold()
        except (SwarmError, OSError) as error:
            log.warning("The local stack was lost and cannot be started again yet: %s", error)
            self._over.wait(_PATIENCE)
            return lost

    def _end(self) -> None:
        self._over.set()
        if self._held is not None:
            self._held.close()


_leases: dict[Path, Lease] = {}  # by control socket
_lock = threading.Lock()


def hold(settings: Settings) -> Lease:
    """This process's lease on the local stack, whose supervisor is started when there is none.

    Raises `StackError` when it does not start or is of another version, `UsageError` when the settings are
    bad.
    """
    with _lock:
        lease = _leases.get(settings.control_socket)
        if lease is None or not lease.share():
            lease = _leases[settings.control_socket] = Lease(settings, keep=True)
        return lease


def find(settings: Settings) -> Lease | None:
    """A way to ask the supervisor, of whatever version, if one runs; it does not keep the stack alive."""
    return Lease(settings, keep=False) if running(settings) else None


def ensure_server(settings: Settings) -> None:
    """Have the embedded server up, and keep it while this process lives; with `SWARM_REDIS_URL`, do nothing.

    A process that a supervisor started does not hold it, or the stack would keep itself alive.
    """
    if settings.embedded and SUPERVISED not in os.environ:
        hold(settings).request("server")


def _forget_all() -> None:
    for lease in _leases.values():
        lease.forget()


def _after_fork() -> None:
    global _lock  # noqa: PLW0603 — another thread of the parent may have held the old one
    _lock = threading.Lock()
    _forget_all()
    _leases.clear()


atexit.register(_forget_all)
os.register_at_fork(after_in_child=_after_fork)
