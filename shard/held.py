"""A part of a document as a shard holds it: its text, cut into segments, and excerpts of it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from shard.index import Entry
from shard.outline import enclosing
from shard.segments import Segment, cut
from shard.speakers import speakers
from shard.terms import terms
from swarm_app.contracts.documents import Excerpt, Part
from swarm_app.documents.standing import standing

# An import names everything and says nothing of it.
_IMPORT = re.compile(
    r"^[ \t]*(?:from\s+\S+\s+)?import\s+(?:\([^)]*\)?|.*)|^[ \t]*(?:#include|using)\b.*", re.MULTILINE
)
_HEADING = re.compile(r"\s*(?:#{1,6}\s|=+\s.*=\s*$)|[^\n]{1,60}:$")


class Held:
    """One part in memory. Offsets are characters into the part's text unless said otherwise."""

    def __init__(
        self,
        part: Part,
        lines: Sequence[str],
        visible: Sequence[str],
        first_char: int,
        around: tuple[Sequence[str], Sequence[str]] = ((), ()),
    ) -> None:
        """Hold `part`: its lines, what an index should see of each, and its offset in the document.

        ``around`` are the visible lines before and after it in the document, which other shards hold.
        """
        self.part = part
        self.standing = standing(part.path)
        self._around = around
        self.text = "".join(lines)
        self._first_char = first_char
        self._line_starts = list(_starts(lines))
        self._speakers = speakers(lines)
        self.segments, self._visible_texts, self.units = cut(part.kind, lines, visible)
        self._segment_starts = [segment.start for segment in self.segments]

    def entries(self) -> list[Entry]:
        """The part's segments as they are indexed, in order, among those around it."""
        places = [self._place(index) for index in range(len(self.units))]
        before, after = (list(self._neighbours(lines)) for lines in self._around)
        own = [
            Entry(" ".join(terms(self._telling(segment, text))), places[segment.unit])
            for segment, text in zip(self.segments, self._visible_texts, strict=True)
        ]
        return [*before, *own, *after]

    def excerpt(self, start: int, end: int, score: float = 0.0) -> Excerpt:
        """The characters ``start``–``end`` (end excluded) as an excerpt of the document."""
        return Excerpt(
            path=self.part.path,
            sha256=self.part.sha256,
            start=self._line_at(start),
            end=self._line_at(max(start, end - 1)),
            start_char=self._first_char + start,
            end_char=self._first_char + end,
            text=self.text[start:end],
            score=score,
        )

    def lines(self, start: int, end: int) -> Excerpt | None:
        """The document's lines ``start``–``end``, cut to what the part has; None if it has none of them."""
        first = max(start, self.part.start) - self.part.start
        last = min(end, self.part.end) - self.part.start
        if first > last:
            return None
        return self.excerpt(self._line_starts[first], self._line_starts[last + 1])

    def units_around(self, segment: int, most: int) -> Iterator[range]:
        """The segments of each unit around a segment that has at most `most` characters, the widest first."""
        around = [self._segments_of(index) for index in enclosing(self.units, self.segments[segment].unit)]
        for run in reversed(around):
            if self.segments[run[-1]].end - self.segments[run[0]].start <= most:
                yield run

    def passage(self, segment: int, most: int) -> range:
        """The segment, what follows it in its unit and then what precedes it, within `most` characters."""
        first = last = segment
        while self._is_passage(first, last + 1, most):
            last += 1
        while self._is_passage(first - 1, last, most):
            first -= 1
        return range(first, last + 1)

    def is_heading(self, segment: int) -> bool:
        """Whether a segment only announces the next one, and says nothing without it."""
        start, end, _ = self.segments[segment]
        return segment + 1 < len(self.segments) and _HEADING.match(self.text, start, end) is not None

    def _neighbours(self, lines: Sequence[str]) -> Iterator[Entry]:
        for text in cut(self.part.kind, lines, lines).texts:
            yield Entry(" ".join(terms(text)), "", own=False)

    def _is_passage(self, first: int, last: int, most: int) -> bool:
        return (
            first >= 0
            and last < len(self.segments)
            and self.segments[first].unit == self.segments[last].unit
            and self.segments[last].end - self.segments[first].start <= most
        )

    def _segments_of(self, index: int) -> range:
        unit = self.units[index]
        first = bisect_left(self._segment_starts, self._line_starts[unit.first])
        return range(first, bisect_left(self._segment_starts, self._line_starts[unit.last + 1]))

    def _telling(self, segment: Segment, text: str) -> str:
        """What a segment says: not what code imports, and who says it in every sentence of a turn."""
        if self.part.kind == "code":
            return _IMPORT.sub("", text)
        line = bisect_right(self._line_starts, segment.start) - 1
        return f"{self._speakers[line]} {text}" if segment.start > self._line_starts[line] else text

    def _place(self, index: int) -> str:
        """The terms of the path and of the functions and classes around a unit."""
        around = " ".join(self.units[unit].name for unit in enclosing(self.units, index))
        return " ".join((*terms(self.part.path), *terms(around)))

    def _line_at(self, offset: int) -> int:
        return self.part.start + bisect_right(self._line_starts, offset, hi=len(self._line_starts) - 1) - 1


def _starts(lines: Sequence[str]) -> Iterator[int]:
    """Where each line begins, and where the last one ends."""
    start = 0
    for line in lines:
        yield start
        start += len(line)
    yield start
