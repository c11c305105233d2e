"""Points in time as streams know them: an entry's id is milliseconds and a number, ``1763930000000-0``."""

import re

from swarm_app.errors import UsageError
from swarm_app.store.connection import Client

BEGINNING, NOW = "beginning", "now"

_LAST = 2**64 - 1  # the highest number within one millisecond
_ID = re.compile(r"\d{1,15}-\d{1,19}")


def clock(client: Client) -> int:
    """The server's time in milliseconds."""
    seconds, microseconds = client.time()
    return int(seconds) * 1000 + int(microseconds) // 1000


def split(entry_id: str) -> tuple[int, int]:
    """An id's milliseconds and number, by which ids are ordered."""
    moment, _, number = entry_id.partition("-")
    return int(moment), int(number)


def before(start: float | str, client: Client) -> str:
    """The id just before a point, so that reading on from it includes the point.

    ``start`` is `BEGINNING`, `NOW`, an event's id, or Unix seconds. Raises `UsageError` for another word.
    """
    if start == BEGINNING:
        return "0-0"
    if start == NOW:
        return _before(clock(client), 0)
    if isinstance(start, str):
        if not _ID.fullmatch(start):
            raise UsageError(f"{start!r} is no point: give {BEGINNING}, {NOW}, an event's id or a time.")
        return _before(*split(start))
    return _before(max(0, int(start * 1000)), 0)


def _before(moment: int, number: int) -> str:
    if number:
        return f"{moment}-{number - 1}"
    return f"{moment - 1}-{_LAST}" if moment else "0-0"
