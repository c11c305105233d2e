"""From lines to memory: a part as it is held, and its segments as they are indexed."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shard.held import Held
from shard.outline import enclosing
from shard.segments import Segment, cut
from shard.speakers import speakers
from shard.terms import terms
from shard.writer import Entry
from swarm_app.contracts.documents import Part

# An import names everything and says nothing of it.
_IMPORT = re.compile(
    r"^[ \t]*(?:from\s+\S+\s+)?import\s+(?:\([^)]*\)?|.*)|^[ \t]*(?:#include|using)\b.*", re.MULTILINE
)
_IMPORTING = ("import", "#include", "using")  # one of them is in all that this finds: a quick look first


class Around(NamedTuple):
    """What an index sees of a document beside a part: the lines before and after it, its columns' names."""

    before: Sequence[str] = ()
    after: Sequence[str] = ()
    columns: Sequence[str] = ()


NOTHING = Around()


def prepare(
    part: Part, lines: Sequence[str], visible: Sequence[str], first_char: int, around: Around = NOTHING
) -> tuple[Held, list[Entry]]:
    """A part as it is held, and its segments as they are indexed, in order, among those around it.

    ``lines`` are its own, ``visible`` what an index should see of each, ``first_char`` their offset in the
    document. The lines ``around`` it are held by other shards; the names of columns are seen with each row,
    wherever they stand.
    """
    segments, texts, units = cut(part.kind, lines, visible)
    text = "".join(lines)
    labels = speakers(lines)
    held = Held(
        part,
        text,
        first_char,
        line_starts=_starts(lines),
        segments=segments,
        units=units,
        spoken=any(labels),
    )
    path = " ".join(terms(part.path))
    places = [" ".join((path, *terms(_names(held, index)))) for index in range(len(units))]
    named = " ".join(terms(" ".join(around.columns)))
    own = [
        _entry(held, segment, text, places[segment.unit], labels)._replace(columns=named)
        for segment, text in zip(segments, texts, strict=True)
    ]
    before, after = (_neighbours(part.kind, near) for near in (around.before, around.after))
    return held, [*before, *own, *after]


def _neighbours(kind: str, lines: Sequence[str]) -> Iterator[Entry]:
    for text in cut(kind, lines, lines).texts:
        yield Entry(" ".join(terms(text)), "", own=False)


def _entry(held: Held, segment: Segment, text: str, place: str, labels: Sequence[str]) -> Entry:
    """A segment as it is indexed: not what code imports, and who says it, in every sentence of a turn."""
    if held.part.kind == "code":
        return Entry(" ".join(terms(_without_imports(text))), place)
    line = bisect_right(held.line_starts, segment.start) - 1
    said = f"{labels[line]} {text}" if segment.start > held.line_starts[line] else text
    return Entry(" ".join(terms(said)), " ".join((place, *terms(labels[line]))), spoken=held.spoken)


def _without_imports(text: str) -> str:
    return _IMPORT.sub("", text) if any(word in text for word in _IMPORTING) else text


def _names(held: Held, index: int) -> str:
    """The functions and classes around a unit, and the unit itself."""
    return " ".join(held.units[unit].name for unit in enclosing(held.units, index))


def _starts(lines: Sequence[str]) -> Iterator[int]:
    """Where each line begins, and where the last one ends."""
    start = 0
    for line in lines:
        yield start
        start += len(line)
    yield start
