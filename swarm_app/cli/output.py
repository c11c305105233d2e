"""Where words go: results to standard output, everything else to standard error."""

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

import typer
from rich.console import Console
from rich.markdown import Markdown


def say(line: str) -> None:
    """One line of progress, or of an error."""
    typer.echo(line, err=True)


def write(text: str) -> None:
    """A result, as it is."""
    typer.echo(text)


def write_json(value: Any) -> None:
    """The one JSON object that ``--json`` prints."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def write_markdown(markdown: str) -> None:
    """Markdown: set in type on a terminal, as it is elsewhere."""
    console = Console()
    if console.is_terminal and not console.is_dumb_terminal:
        console.print(Markdown(markdown))
    else:
        typer.echo(markdown, nl=False)


def write_table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Columns, aligned; the last one is as wide as it needs."""
    cells = [[heading.upper() for heading in headings], *([str(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        typer.echo(line.rstrip())


def terminal() -> Console | None:
    """A console on standard error if a live display can stand there, else None."""
    console = Console(stderr=True)
    return console if console.is_terminal and not console.is_dumb_terminal else None


def abandon_stdout() -> None:
    """Send what is still to be written nowhere: whoever read standard output has gone away."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def clear() -> None:
    """Clear the screen, if standard output is one."""
    Console().clear()
