"""One process that the supervisor keeps alive."""

import asyncio
import logging
import os
import signal
import sys
import time
from asyncio.subprocess import DEVNULL, STDOUT, Process, create_subprocess_exec
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from swarm_app.embedded.protocol import Message
from swarm_app.embedded.start import SUPERVISED
from swarm_app.stack import logs, tether

log = logging.getLogger(__name__)

_FIRST_WAIT = 0.5  # seconds before a process is started again, doubled up to the longest
_LONGEST_WAIT = 10.0
_STEADY = 30.0  # seconds after which a process counts as working, and its next end as its first


class Child:
    """A process that is started, and started again whenever it ends, until `stop`.

    It leads a session of its own, writes to ``log``, and never runs beside another that holds ``lock``.
    ``changed`` is called after every start.
    """

    def __init__(
        self,
        kind: str,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        changed: Callable[[], None],
        lock: str = "",
    ) -> None:
        self.kind = kind
        self.name = name
        self.log = log
        self.pid: int | None = None
        self.starts = 0
        self.started_at = 0.0
        self.exit_status: int | None = None
        self._command = [sys.executable, "-IS", tether.__file__, str(os.getpid()), lock, *command]
        self._changed = changed
        self._ended_early = 0
        self._process: Process | None = None
        self._stopping = asyncio.Event()
        self._keeping = asyncio.create_task(self._keep())

    @property
    def failing(self) -> bool:
        """Whether it ended by itself, with an error, soon after each of its last two starts."""
        return self._ended_early >= 2 and (self.exit_status or 0) > 0

    def describe(self) -> Message:
        """What `swarm status` shows of it."""
        return {
            "kind": self.kind,
            "name": self.name,
            "pid": self.pid,
            "alive": self.pid is not None,
            "restarts": max(0, self.starts - 1),
            "started_at": self.started_at,
            "exit_status": self.exit_status,
            "log": str(self.log),
        }

    async def stop(self, patience: float) -> None:
        """End it: in order, or after ``patience`` seconds by force."""
        self._stopping.set()
        self._terminate()
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(self._keeping), patience)
        self._kill_group()
        await self._keeping

    async def _keep(self) -> None:
        while not self._stopping.is_set():
            try:
                await self._live()
            except OSError as error:
                self._note_end(error.errno or 1)
                log.warning("%s %s cannot be started: %s", self.kind, self.name, error)
            await self._pause()

    async def _live(self) -> None:
        self.started_at = time.time()
        self._process = await self._start()
        self.pid = self._process.pid
        self.starts += 1
        self._changed()
        if self._stopping.is_set():
            self._terminate()
        status = await self._process.wait()
        self._kill_group()
        self._note_end(status)
        log.info("%s %s, process %d, ended with status %d", self.kind, self.name, self.pid, status)
        self.pid = None

    async def _start(self) -> Process:
        output = logs.append_to(self.log)
        try:
            return await create_subprocess_exec(
                *self._command,
                cwd="/",
                env=os.environ | {SUPERVISED: "1"},
                stdin=DEVNULL,
                stdout=output,
                stderr=STDOUT,
                start_new_session=True,
            )
        finally:
            os.close(output)

    def _note_end(self, status: int) -> None:
        self.exit_status = status
        early = time.time() - self.started_at < _STEADY
        self._ended_early = self._ended_early + 1 if early else 1

    async def _pause(self) -> None:
        wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** (self._ended_early - 1))
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), wait)

    def _terminate(self) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.terminate()

    def _kill_group(self) -> None:
        if self.pid is not None:
            with suppress(ProcessLookupError, PermissionError):  # macOS says the latter of a group of zombies
                os.killpg(self.pid, signal.SIGKILL)
