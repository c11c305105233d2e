"""Rows of HTML's tables."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from swarm_app.documents.visible import visible
from workers.extractive.rows.row import Row, cells

_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_ROW = re.compile(r"<tr\b|</?table\b", re.IGNORECASE)
_ROW_END = re.compile(r"</tr\s*>|(?=</?table\b|</tbody\b|</thead\b|<tr\b)", re.IGNORECASE)
_CELL = re.compile(r"<t(?P<kind>[dh])\b[^<>]*>", re.IGNORECASE)
_SPAN = re.compile(r"\b(?:col|row)span\b", re.IGNORECASE)  # one name over several cells: which, nobody counts
_LONGEST = 5_000  # characters of a row


def begins(text: str) -> bool:
    """Whether a table begins in a text."""
    return _TABLE.search(text) is not None


def rows(text: str, first: int, last: int) -> Iterator[Row]:
    """The rows of tables that stand at the characters ``first`` to ``last`` of a text, or around them."""
    opening: int | None = None
    marks = [*_ROW.finditer(text), None]
    for mark, following in pairwise(marks):
        if mark is None or mark.group()[1:].lower() != "tr":
            opening = None
            continue
        opening = mark.start() if opening is None else opening
        end = _end(text, mark.end(), following)
        if mark.start() < last and first < end and end - mark.start() <= _LONGEST:
            yield from _row(text, (mark.start(), end), opening)


def _end(text: str, begin: int, following: re.Match[str] | None) -> int:
    closed = _ROW_END.search(text, begin)
    return min(closed.end() if closed else len(text), following.start() if following else len(text))


def _row(text: str, span: tuple[int, int], opening: int) -> Iterator[Row]:
    """The row, by the names in the first one of its table: if that has names alone, one for each cell."""
    kinds, values = _cells(text, span)
    header = opening, _end(text, opening + 1, None)
    names = _names(text, header) if header[1] - opening <= _LONGEST else ()
    if values and not (opening == span[0] and names):
        names = names if len(names) == len(values) and not _SPAN.search(text, *header) else ()
        named = [(values[0], values[1])] if kinds == ["h", "d"] and not names else cells(names, values)
        yield Row(tuple(named), *span, header if names else None)


def _names(text: str, header: tuple[int, int]) -> Sequence[str]:
    kinds, values = _cells(text, header)
    return values if set(kinds) == {"h"} else ()


def _cells(text: str, span: tuple[int, int]) -> tuple[list[str], list[str]]:
    """What each cell of a row is ("h" names something), and what a reader sees of it."""
    opened = list(_CELL.finditer(text, *span))
    ends = [*(match.start() for match in opened[1:]), span[1]]
    shown = [
        " ".join(visible("html", [" ".join(text[match.end() : end].split())])[0].split())
        for match, end in zip(opened, ends, strict=False)
    ]
    return [match["kind"].lower() for match in opened], shown
