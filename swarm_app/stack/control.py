"""The control socket: requests, their answers, and who holds the stack."""

import asyncio
import logging
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path

from swarm_app.embedded.protocol import BYE, LONGEST, VERSION, Message, decode, encode
from swarm_app.errors import StackError, SwarmError
from swarm_app.stack.users import Users

log = logging.getLogger(__name__)

Operation = Callable[..., Awaitable[Message]]

_BACKLOG = 512  # users that may arrive at once
_PATIENCE = 5.0  # seconds for answers that are under way when the stack ends


class Control:
    """Answers each request by the operation of its name, which takes the request's fields by keyword.

    A connection that asked ``hold`` is one of the ``users`` until it closes.
    """

    def __init__(self, path: Path, users: Users, operations: Mapping[str, Operation]) -> None:
        self._path = path
        self._users = users
        self._operations = operations
        self._listening: asyncio.Server | None = None
        self._connections: set[StreamWriter] = set()
        self._answering: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Listen; a socket that a killed supervisor left behind is replaced."""
        self._path.unlink(missing_ok=True)
        self._listening = await asyncio.start_unix_server(
            self._serve, str(self._path), limit=LONGEST, backlog=_BACKLOG
        )
        self._path.chmod(0o600)

    def refuse(self) -> None:
        """Take no more connections: who comes now starts the next supervisor."""
        self._path.unlink(missing_ok=True)
        if self._listening is not None:
            self._listening.close()

    async def close(self) -> None:
        """Finish the answers that are under way, say bye and close all connections."""
        if self._answering:
            await asyncio.wait(self._answering, timeout=_PATIENCE)
        for connection in self._connections:
            connection.write(encode(BYE))
            connection.close()

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._connections.add(writer)
        try:
            with suppress(ConnectionError, ValueError):  # it left, or does not speak in lines
                await self._converse(reader, writer)
        finally:
            self._connections.discard(writer)
            self._users.remove(writer)
            writer.close()

    async def _converse(self, reader: StreamReader, writer: StreamWriter) -> None:
        while line := await reader.readline():
            answering = asyncio.create_task(self._answer(line, writer))
            self._answering.add(answering)
            answering.add_done_callback(self._answering.discard)
            await answering

    async def _answer(self, line: bytes, writer: StreamWriter) -> None:
        try:
            answer = {"ok": True, **await self._do(decode(line), writer)}
        except SwarmError as error:
            answer = {"ok": False, "error": str(error)}
        except ConnectionError:  # the operation turns this user away
            raise
        except Exception as error:
            log.exception("request failed: %r", line[:200])
            answer = {
                "ok": False,
                "error": f"The supervisor failed: {error!r}. Its log is in {self._path.parent}.",
            }
        writer.write(encode(answer))
        await writer.drain()

    async def _do(self, request: Message, writer: StreamWriter) -> Message:
        name = request.pop("op", None)
        if name not in self._operations:
            raise StackError(
                f"The supervisor (version {VERSION}) does not know {name!r}. `swarm down` ends it."
            )
        answer = await self._operations[name](**request)
        if name == "hold":
            self._users.add(writer, request["pid"])
        return answer
