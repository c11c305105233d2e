"""The processes of one stack."""

import asyncio
import logging

from swarm_app.embedded.protocol import Message
from swarm_app.errors import StackError
from swarm_app.settings import Settings
from swarm_app.stack import commands, logs, record, server
from swarm_app.stack.child import Child
from swarm_app.stack.record import Member, Record
from swarm_app.stack.users import Users

log = logging.getLogger(__name__)

_PATIENCE = 5.0  # seconds that a process has to end in order


class Crew:
    """The server, shards, workers and Flower that this supervisor keeps alive, by kind and name.

    What they are is written to ``stack.json`` at every change, for the supervisor that comes after a kill.
    """

    def __init__(self, settings: Settings, users: Users) -> None:
        self._settings = settings
        self._users = users
        self._children: dict[tuple[str, str], Child] = {}
        self._owed: tuple[Member, ...] = ()
        self._ending = False
        self._path = settings.stack_dir / "stack.json"

    async def server(self) -> None:
        """Have the embedded server answer, if the stack has one; raises `StackError` if it cannot start."""
        if self._settings.embedded:
            server.check_room(self._settings.stack_dir)
            data = server.data_dir(self._settings)
            data.mkdir(mode=0o700, exist_ok=True)
            await server.ready(self._add("server", "embedded", lock=str(data / "lock")), self._settings)

    async def ensure(self, kind: str, name: str) -> Message:
        """Have a process of this kind and name, and the server that it needs; its description."""
        await self.server()
        return self._add(kind, name).describe()

    async def drop(self, kind: str, name: str) -> bool:
        """End a process; whether there was one."""
        child = self._children.pop((kind, name), None)
        if child is None:
            return False
        await child.stop(_PATIENCE)
        self.save()
        return True

    async def end(self) -> None:
        """End all processes, the server last, and start no more."""
        self._ending = True
        last = self._children.pop(("server", "embedded"), None)
        await asyncio.gather(*(child.stop(_PATIENCE) for child in self._children.values()))
        if last is not None:
            await last.stop(_PATIENCE)
        self._children.clear()
        self._path.unlink(missing_ok=True)

    def describe(self) -> list[Message]:
        """Every process, in the order in which they were asked for."""
        return [child.describe() for child in self._children.values()]

    def take_over(self) -> None:
        """End what a killed supervisor left running; `restore` then starts what it had kept."""
        found = record.load(self._path)
        self._users.pinned, self._owed = found.pinned, found.members
        for member in record.end(found.members):
            log.warning(
                "ended %s %s, process %d, of a supervisor that was killed",
                member.kind,
                member.name,
                member.pid,
            )

    async def restore(self) -> None:
        """Start the server, and again what a killed supervisor had kept."""
        await self.server()
        for member in self._owed:
            if member.kind != "server":
                self._add(member.kind, member.name)
        self._owed = ()

    def save(self) -> None:
        """Write the record down, with what is still to be restored."""
        owed = tuple(member for member in self._owed if (member.kind, member.name) not in self._children)
        members = owed + tuple(
            Member(child.kind, child.name, child.pid or 0, record.created(child.pid or 0))
            for child in self._children.values()
        )
        try:
            Record(self._users.pinned, members).save(self._path)
        except OSError as error:
            log.warning("%s cannot be written: %s", self._path, error)

    def _add(self, kind: str, name: str, *, lock: str = "") -> Child:
        child = self._children.get((kind, name))
        if child is None:
            if self._ending:
                raise StackError("The local stack is ending. Try again.")
            command = commands.command(kind, name, self._settings)
            path = logs.path(self._settings.stack_dir, kind, name)
            child = Child(kind, name, command, log=path, changed=self.save, lock=lock)
            self._children[kind, name] = child
        return child
