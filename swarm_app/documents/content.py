"""A file's bytes, or the reason why they cannot be had."""

import os
import stat
from pathlib import Path

from swarm_app.errors import DocumentError

# A pipe does not block the opening; a link that was put there after the file was found is refused.
_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW


def content_of(file: Path, *, max_bytes: int) -> bytes:
    """All bytes of a regular file of 1 to `max_bytes` bytes, as they stood at one moment.

    Raises `DocumentError`, whose message is the reason alone: the caller knows the path.
    """
    try:
        with os.fdopen(os.open(file, _FLAGS), "rb") as stream:
            before = os.fstat(stream.fileno())
            _check_regular(before)
            _check_size(before.st_size, max_bytes)
            content = stream.read(max_bytes + 1)
        after = file.lstat()
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror or error}") from None
    if _version(before) != _version(after):
        raise DocumentError("changed while it was read: load it again")
    _check_size(len(content), max_bytes)
    return content


def _check_regular(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise DocumentError("not a regular file")


def _check_size(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        limit = f"the limit is {_megabytes(max_bytes)} (SWARM_MAX_DOCUMENT_BYTES)"
        raise DocumentError(f"too large: {_megabytes(size)}, and {limit}")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{size:,} bytes"


def _version(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
