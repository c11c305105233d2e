"""The units of a part, lines that belong together: paragraphs of prose, functions and classes of code."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_HEADER = re.compile(
    r"(?P<indent>[ \t]*)"
    r"(?:(?:export|default|public|private|protected|internal|static|final|abstract|async|pub(?:\(\w+\))?|unsafe)\s+)*"
    r"(?:def|class|func|fn|function|interface|struct|enum|trait|impl|module|namespace|type)\s+"
    r"(?:\([^)]*\)\s*)?(?P<name>[\w.$]+)\s*(?:[({:<=;\[]|(?:extends|implements|for|struct|interface|where)\b|$)"
)
_DECORATION = re.compile(r"[ \t]*(?:@\w|#\[|//|#|/\*|\*)")
_CLOSING = re.compile(r"\s*(?:[)}\]]|end\b)")


class Unit(NamedTuple):
    """Lines ``first``–``last`` of a part (from 0, ends included), what they define, the unit around."""

    first: int
    last: int
    name: str
    parent: int | None


def outline(kind: str, lines: Sequence[str]) -> list[Unit]:
    """The units of a part, outermost first; unit 0 is the whole part."""
    whole = Unit(0, len(lines) - 1, "", None)
    return [whole, *(_definitions(lines) if kind == "code" else _paragraphs(lines))]


def enclosing(units: Sequence[Unit], index: int) -> Iterator[int]:
    """The index of a unit and of each unit around it, outwards."""
    inner: int | None = index
    while inner is not None:
        yield inner
        inner = units[inner].parent


def _paragraphs(lines: Sequence[str]) -> list[Unit]:
    units: list[Unit] = []
    first: int | None = None
    for number, line in enumerate((*lines, "\n")):
        if not line.isspace():
            first = number if first is None else first
        elif first is not None:
            units.append(Unit(first, number - 1, "", 0))
            first = None
    return units


def _definitions(lines: Sequence[str]) -> list[Unit]:
    units: list[Unit] = []
    open_units: list[tuple[int, int]] = []  # indent and index of what is being defined
    for number, line in enumerate(lines):
        header = _HEADER.match(line)
        if header is None:
            continue
        indent = len(header["indent"])
        while open_units and open_units[-1][0] >= indent:
            open_units.pop()
        parent = open_units[-1][1] if open_units else 0
        units.append(
            Unit(_decorated(lines, number), _last_line(lines, number, indent), header["name"], parent)
        )
        open_units.append((indent, len(units)))
    return units


def _decorated(lines: Sequence[str], number: int) -> int:
    """The first of the decorators and comments that stand right above a definition."""
    while number > 0 and _DECORATION.match(lines[number - 1]):
        number -= 1
    return number


def _last_line(lines: Sequence[str], number: int, indent: int) -> int:
    last = number
    for follower in range(number + 1, len(lines)):
        line = lines[follower]
        if line.isspace():
            continue
        if len(line) - len(line.lstrip()) <= indent and not _CLOSING.match(line):
            break
        last = follower
    return last
