"""Where words go: results to standard output, everything else to standard error."""

import json
import os
import sys
from collections.abc import Sequence
from typing import Any, TextIO

import typer
from rich.console import Console
from rich.markdown import Markdown

from swarm_app.errors import OutputError


def say(line: str) -> None:
    """One line of progress, or of an error. Where standard error has no room for it, the work goes on.

    A live display makes way for what is written to ``sys.stderr``; `typer.echo` writes past it.
    """
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except BrokenPipeError:
        raise
    except OSError:
        _abandon(sys.stderr)


def write(text: str, *, nl: bool = True) -> None:
    """A result, as it is. Raises `OutputError`, or `BrokenPipeError` when its reader has gone away."""
    if sys.stdout is None:
        raise OutputError("Standard output is closed: there is nowhere to print to.")
    try:
        typer.echo(text, nl=nl)
    except BrokenPipeError:
        raise
    except OSError as error:
        _abandon(sys.stdout)
        raise unwritable(error) from error


def unwritable(error: OSError) -> OutputError:
    """That standard output does not take what is written to it."""
    return OutputError(f"Standard output cannot be written ({error.strerror}). Send it elsewhere.")


def write_json(value: Any) -> None:
    """The one JSON object that ``--json`` prints."""
    write(json.dumps(value, ensure_ascii=False, indent=2))


def write_markdown(markdown: str) -> None:
    """Markdown: set in type on a terminal, as it is elsewhere."""
    console = Console()
    if console.is_terminal and not console.is_dumb_terminal:
        console.print(Markdown(markdown))
    else:
        write(markdown, nl=False)


def write_table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Columns, aligned; the last one is as wide as it needs."""
    cells = [[heading.upper() for heading in headings], *([str(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        write(line.rstrip())


def terminal() -> Console | None:
    """A console on standard error if a live display can stand there, else None."""
    console = Console(stderr=True)
    return console if console.is_terminal and not console.is_dumb_terminal else None


def settle() -> None:
    """Write what is left, or send it nowhere: Python would fail on it as it ends, with its own status."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            _abandon(stream)


def _abandon(stream: TextIO) -> None:
    """Send what is still to be written nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def clear() -> None:
    """Clear the screen, if standard output is one."""
    Console().clear()
