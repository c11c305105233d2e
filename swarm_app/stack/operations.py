"""What users may ask of the supervisor."""

import asyncio
import os
import time
from collections.abc import Callable

from swarm_app.embedded.protocol import VERSION, Message
from swarm_app.errors import StackError
from swarm_app.settings import Settings
from swarm_app.stack import server
from swarm_app.stack.control import Operation
from swarm_app.stack.crew import Crew
from swarm_app.stack.runs import ActiveRuns
from swarm_app.stack.users import Users


class Operations:
    """One method for each request; its parameters are the request's fields, its result the answer's.

    ``end`` begins the end of the stack, and ``ended`` is set when nothing of it is left but the supervisor.
    """

    def __init__(
        self, settings: Settings, users: Users, crew: Crew, runs: ActiveRuns, end: Callable[[], None]
    ) -> None:
        self.ended = asyncio.Event()
        self._settings = settings
        self._users = users
        self._crew = crew
        self._runs = runs
        self._end = end
        self._started_at = time.time()

    def table(self) -> dict[str, Operation]:
        """Operations by the name that a request gives."""
        named = (
            *(self.hold, self.server, self.shard, self.workers, self.flower),
            *(self.drop_shard, self.status, self.pin, self.down),
        )
        return {operation.__name__: operation for operation in named}

    async def hold(self, *, pid: int, version: str | None) -> Message:
        """Admit process ``pid`` as a user. A stack that nobody uses makes way for one of another version."""
        if version not in {None, VERSION}:
            if self._users.any or await self._runs.any():
                raise StackError(
                    f"The local stack in {self._settings.stack_dir} is in use and runs version {VERSION} of "
                    f"Swarm; this is version {version}. End it with `swarm down`, and try again."
                )
            self._end()
            raise ConnectionAbortedError(f"makes way for version {version}, process {pid}")
        return {"version": VERSION, "pid": os.getpid()}

    async def server(self) -> Message:
        """Have the embedded server up."""
        await self._crew.server()
        return {"url": self._settings.broker_url}

    async def shard(self, *, name: str) -> Message:
        """Have a process that serves the shard, from the store."""
        return await self._crew.ensure("shard", name)

    async def workers(self, *, count: int | None = None) -> Message:
        """Have at least so many worker processes, by default as many as the settings say."""
        numbers = range(1, (count or self._settings.worker_processes) + 1)
        return {"workers": [await self._crew.ensure("worker", str(number)) for number in numbers]}

    async def flower(self, *, port: int = 5555) -> Message:
        """Have Flower on this port."""
        return await self._crew.ensure("flower", str(port)) | {"url": f"http://127.0.0.1:{port}"}

    async def drop_shard(self, *, name: str) -> Message:
        """End the process that serves the shard."""
        return {"dropped": await self._crew.drop("shard", name)}

    async def status(self) -> Message:
        """Everything that runs, and why."""
        return {
            "version": VERSION,
            "pid": os.getpid(),
            "started_at": self._started_at,
            "url": self._settings.broker_url,
            "data_bytes": server.used_bytes(self._settings),
            "users": self._users.pids,
            "pinned": self._users.pinned,
            "children": self._crew.describe(),
        }

    async def pin(self) -> Message:
        """Keep the stack up without users, until `down`."""
        self._users.pinned = True
        self._crew.save()
        return {}

    async def down(self) -> Message:
        """End the stack, whoever uses it; the answer comes when its processes have ended."""
        self._end()
        await self.ended.wait()
        return {}
