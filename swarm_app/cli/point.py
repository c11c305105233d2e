"""Points in time as people type them."""

import re
import time
from datetime import datetime

from swarm_app.cli.duration import seconds
from swarm_app.errors import UsageError
from swarm_app.store.moment import BEGINNING, NOW

_EVENT = re.compile(r"\d+-\d+")
_UNIX = re.compile(r"\d{9,11}(?:\.\d+)?")


def point(text: str) -> float | str:
    """``beginning``, ``now``, an event's id, ``10m`` ago, or a date with or without a time, as Unix seconds.

    A time without a zone is local. Raises `UsageError` for anything else.
    """
    typed = text.strip()
    if typed in {BEGINNING, NOW} or _EVENT.fullmatch(typed):
        return typed
    if _UNIX.fullmatch(typed):
        return float(typed)
    try:
        return datetime.fromisoformat(typed).timestamp()
    except ValueError:
        return _ago(typed)


def _ago(typed: str) -> float:
    try:
        return time.time() - seconds(typed)
    except UsageError:
        raise UsageError(
            f"{typed!r} is no point. Write beginning, now, an event's id, 10m (that long ago), or a time "
            "like 2026-11-23T21:05."
        ) from None
