"""The log files of the stack: bounded, and quoted when something does not start."""

import os
from pathlib import Path
from urllib.parse import quote

_MAX_BYTES = 5_000_000
_TAIL_BYTES = 8_000


def path(directory: Path, kind: str, name: str) -> Path:
    """The log of one process."""
    return directory / "logs" / f"{quote(f'{kind}-{name}', safe='')}.log"


def append_to(log: Path) -> int:
    """A file descriptor that appends to ``log``; one longer than 5 MB is put aside first."""
    log.parent.mkdir(mode=0o700, exist_ok=True)
    if log.exists() and log.stat().st_size > _MAX_BYTES:
        log.replace(log.with_suffix(".log.1"))
    return os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)


def tail(log: Path, lines: int = 5) -> str:
    """The last lines of ``log``, or nothing."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - _TAIL_BYTES))
        text = file.read().decode(errors="replace")
    return "\n".join(text.splitlines()[-lines:])
