"""What the server says of itself: whether it can write, and whether it keeps what it was given."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from swarm_app.errors import ServerError
from swarm_app.settings import Settings
from swarm_app.store.connection import Client

ROOM = 16_000_000  # bytes on its disk: a server that cannot write what it acknowledges ends itself


@dataclass(frozen=True)
class Trouble:
    """Something about the server that a user should know."""

    name: str  # disk, persistence, eviction or memory
    detail: str
    mend: str
    grave: bool = False  # nothing can be stored now, or what is stored may be thrown away


class Health:
    """Reads the server's own status; it writes nothing, and so works on a full one."""

    def __init__(self, client: Client, settings: Settings) -> None:
        self._client = client
        self._settings = settings

    def troubles(self) -> list[Trouble]:
        """Whatever is weaker than the promise that nothing finished is lost, or in the way of it now.

        An embedded server whose disk is full answers only now and then: its disk is asked too. Raises
        `ServerError` when the server does not answer for another reason.
        """
        full = disk(self._settings.stack_dir) if self._settings.embedded else None
        try:
            info = self._client.info("persistence") | self._client.info("memory")
            found = (full, persistence(info, self._configured()), eviction(info), memory(info))
        except ServerError:
            if full:
                return [full]
            raise
        return [trouble for trouble in found if trouble]

    def _configured(self) -> dict[str, str]:
        """CONFIG GET appendfsync; nothing where the server hides its configuration, as hosted ones do."""
        try:
            configured: dict[str, str] = self._client.config_get("appendfsync")
        except ServerError:
            return {}
        return configured


def disk(directory: Path) -> Trouble | None:
    """Whether the disk of the embedded server's data is full."""
    free = shutil.disk_usage(directory).free if directory.exists() else ROOM
    if free >= ROOM:
        return None
    detail = f"its disk is full: {free:,} bytes are left in {directory}"
    return Trouble("disk", detail, "Make room; what waits goes on by itself.", grave=True)


def persistence(info: dict[str, Any], config: dict[str, str]) -> Trouble | None:
    """Whether what is stored survives the server: from INFO persistence and CONFIG GET appendfsync."""
    if not int(info.get("aof_enabled", 0)):
        mend = "Set appendonly yes; what was written since the last snapshot is lost otherwise."
        return Trouble("persistence", "the append-only file is off", mend)
    if info.get("aof_last_write_status", "ok") != "ok":
        return Trouble(
            "persistence",
            "the last write to the append-only file failed",
            "Make room on its disk; what waits goes on by itself.",
            grave=True,
        )
    fsync = config.get("appendfsync", "unknown")
    if fsync != "always":
        mend = "Set appendfsync always; a killed server may lose the last second otherwise."
        return Trouble("persistence", f"append-only file, appendfsync {fsync}", mend)
    return None


def eviction(info: dict[str, Any]) -> Trouble | None:
    """Whether the server may throw away what is stored: from INFO memory."""
    policy = info.get("maxmemory_policy", "unknown")
    if policy == "noeviction" or not int(info.get("maxmemory", 0)):
        return None
    mend = "Set maxmemory-policy noeviction; runs and queues must not be evicted."
    return Trouble("eviction", f"maxmemory-policy {policy}", mend, grave=True)


def memory(info: dict[str, Any]) -> Trouble | None:
    """Whether the server has reached its memory limit: from INFO memory."""
    limit, used = int(info.get("maxmemory", 0)), int(info.get("used_memory", 0))
    if not limit or used < limit:
        return None
    detail = f"{used / 1e6:.0f} MB used of {limit / 1e6:.0f} MB: the server refuses to store more"
    mend = "Raise maxmemory, or drop shards; what waits goes on by itself."
    return Trouble("memory", detail, mend, grave=True)
