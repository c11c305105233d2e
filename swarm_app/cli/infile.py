"""Files that are given to a command: read whole, from standard input if the name is ``-``."""

import sys
from pathlib import Path

from swarm_app.errors import UsageError


def read(file: Path) -> str:
    """The file's text; raises `UsageError` that names the file, and the line that is not UTF-8."""
    shown = "standard input" if str(file) == "-" else str(file)
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise UsageError(f"{shown} cannot be read ({error.strerror}). Name a file that can.") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{shown}, line {line}: not UTF-8. Save it as UTF-8 and try again.") from None
