"""Rows of Markdown's tables: cells between pipes, below a line of dashes that stands below the names."""

import re
from collections.abc import Iterator, Sequence

from workers.extractive.rows.row import Row, cells

_DASHES = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*|\s*\|\s*:?-+:?\s*\|\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_LINE = re.compile(r"[^\r\n]+")
_BLANK = re.compile(r"(?:\r\n|\r|\n){2}")


def is_cut(text: str) -> bool:
    """Whether a text begins within a table: with a row, and no line of dashes above it."""
    return _PIPE.search(text.lstrip().partition("\n")[0]) is not None


def begins(text: str) -> bool:
    """Whether the names of a table's columns stand in a text."""
    return any(_DASHES.fullmatch(line) for line in text.splitlines())


def rows(text: str) -> Iterator[Row]:
    """The rows of every table whose columns are named in a text."""
    lines = list(_LINE.finditer(text))
    called: Sequence[str] = ()
    header: tuple[int, int] | None = None
    last = 0
    for above, line in zip([None, *lines], lines, strict=False):
        if _BLANK.match(text, last) or not _PIPE.search(line.group()):
            called = ()
        last = line.end()
        if above and _DASHES.fullmatch(line.group()) and _PIPE.search(above.group()):
            called, header = _values(above.group()), above.span()
        elif called:
            yield Row(cells(called, _values(line.group())), *line.span(), header)


def _values(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [cell.strip().replace("\\|", "|") for cell in _PIPE.split(inner)]
