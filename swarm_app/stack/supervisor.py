"""The supervisor: one small process for each stack, started by whoever needs it first.

It keeps the server, shards and workers alive, and ends them and itself when nobody uses them any more: no
process holds a connection to it, no run is active, and the stack is not pinned. Run as
``python -m swarm_app.stack.supervisor``.
"""

import asyncio
import logging
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, create_subprocess_exec
from collections.abc import Callable
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from typing import NoReturn

from swarm_app.embedded.connection import Connection
from swarm_app.embedded.start import SUPERVISOR
from swarm_app.errors import SwarmError
from swarm_app.settings import Settings, current
from swarm_app.stack import heir
from swarm_app.stack.control import Control
from swarm_app.stack.crew import Crew
from swarm_app.stack.daemon import detach, only_one
from swarm_app.stack.operations import Operations
from swarm_app.stack.runs import ActiveRuns
from swarm_app.stack.users import Users

log = logging.getLogger(__name__)

_FIRST_USER = 5.0  # seconds that the one who started it has to arrive
_RUNS_POLL = 1.0  # seconds, at least, between two looks at the active runs
_HEIR_PAUSE = 1.0  # seconds before another heir is made
_LOG_BYTES = 1_000_000
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Supervisor:
    """The life of one stack."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._users = Users()
        self._crew = Crew(settings, self._users)
        self._runs = ActiveRuns(settings)
        self._ending = asyncio.Event()
        self._operations = Operations(settings, self._users, self._crew, self._runs, self._end)
        self._control = Control(settings.control_socket, self._users, self._operations.table())

    async def live(self, listening: Callable[[], None]) -> None:
        """Serve until the stack is unused or told to end, then end all of it in order."""
        for number in _SIGNALS:
            asyncio.get_running_loop().add_signal_handler(number, self._end)
        self._crew.take_over()
        await self._control.open()
        listening()
        log.info("listening")
        duties = (self._keep_heir(), self._restore(), self._end_unused())
        others = [asyncio.create_task(duty) for duty in duties]
        await self._ending.wait()
        for task in others:
            task.cancel()
        await self._crew.end()
        self._operations.ended.set()
        await self._control.close()
        log.info("ended")

    def _end(self) -> None:
        self._control.refuse()
        self._ending.set()

    async def _keep_heir(self) -> None:
        """Have a process that starts the next supervisor should this one be killed; it ends by our bye."""
        next_one = (sys.executable, "-m", SUPERVISOR)
        command = (sys.executable, "-IS", heir.__file__, str(self._settings.control_socket), *next_one)
        while True:
            kept = await create_subprocess_exec(
                *command, cwd="/", stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True
            )
            await kept.wait()
            await asyncio.sleep(_HEIR_PAUSE)

    async def _restore(self) -> None:
        try:
            await self._crew.restore()
        except SwarmError as error:
            log.warning("what a killed supervisor had kept cannot be restored: %s", error)

    async def _end_unused(self) -> None:
        await self._users.come(_FIRST_USER)
        pause: float = self._settings.linger
        while True:
            await self._users.leave()
            await self._runs.any()  # remembered, should the store be out of reach afterwards
            await self._users.stay_away(pause)
            if not await self._runs.any() and not self._users.any:
                break
            pause = max(_RUNS_POLL, self._settings.linger)
        self._end()


def main() -> NoReturn:
    """Become the supervisor of the stack that the environment names, unless it has one."""
    os.umask(0o077)
    settings = current()
    starter = detach()
    try:
        _log_to(settings)
        if only_one(
            settings.stack_dir / "supervisor.lock", lambda: _listens(settings), settings.start_timeout
        ):
            asyncio.new_event_loop().run_until_complete(Supervisor(settings).live(starter.tell))
        starter.tell()
    except Exception as error:
        log.exception("cannot go on")
        starter.tell(f"The supervisor cannot work in {settings.stack_dir}: {error}")
    # Not through the end of loop and interpreter: a thread may still wait for a store that hangs.
    os._exit(0)


def _listens(settings: Settings) -> bool:
    with suppress(OSError):
        Connection(settings.control_socket, 1.0).close()
        return True
    return False


def _log_to(settings: Settings) -> None:
    handler = RotatingFileHandler(settings.stack_dir / "supervisor.log", maxBytes=_LOG_BYTES, backupCount=1)
    logging.basicConfig(
        level=logging.INFO, handlers=[handler], format="%(asctime)s %(process)d %(levelname)s %(message)s"
    )
    logging.raiseExceptions = False  # a full disk ends the log, not the stack


if __name__ == "__main__":
    main()
