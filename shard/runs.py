"""Runs: lines that are cut together, because a sentence or a statement may run over them.

A run is the numbers of its first and last line, from 0. Runs follow each other without a gap, and none
crosses from one unit to another: ``owner`` gives the unit of each line.
"""

import re
from collections.abc import Iterator, Sequence

MAX_SEGMENT_CHARS = 600
_BLOCK_CHARS = 240  # a block of fewer goes on
_WRAPPED = range(40, 140)  # the length of a line that may have been broken by its editor
_TERMINATED = re.compile(r"[.!?:;…|][\"”’')\]*_`]*\s*$")
_MARKER = re.compile(r"\s*(?:[-*+•>|#=<{}\[\]]|\d+[.)]\s|[A-Z][\w .()-]{0,40}:\s)")

Span = tuple[int, int]


def prose_runs(lines: Sequence[str], owner: Sequence[int]) -> Iterator[Span]:
    """Lines, joined where one was wrapped in the middle of a sentence."""
    first = 0
    for number in range(1, len(lines) + 1):
        if (
            number == len(lines)
            or owner[number] != owner[first]
            or not _continues(lines[number - 1], lines[number])
        ):
            yield first, number - 1
            first = number


def _continues(line: str, following: str) -> bool:
    """Whether a sentence runs on from one line to the next: the line was wrapped, not ended."""
    return (
        len(line) in _WRAPPED
        and not following.isspace()
        and not _TERMINATED.search(line)
        and not _MARKER.match(following)
    )


def line_runs(lines: Sequence[str], _owner: Sequence[int]) -> Iterator[Span]:
    """Each line by itself."""
    for number in range(len(lines)):
        yield number, number


def code_runs(lines: Sequence[str], owner: Sequence[int]) -> Iterator[Span]:
    """Blocks of statements: up to a blank line, or to where the indentation returns once a block is long."""
    first = 0
    for number in range(1, len(lines) + 1):
        if number == len(lines) or owner[number] != owner[first] or _block_ends(lines, first, number):
            yield first, number - 1
            first = number


def _block_ends(lines: Sequence[str], first: int, number: int) -> bool:
    size = sum(map(len, lines[first:number]))
    if lines[number].isspace() or size + len(lines[number]) > MAX_SEGMENT_CHARS:
        return True
    return size >= _BLOCK_CHARS and _indent(lines[number]) <= _indent(lines[first])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
