"""A part of a document as a shard holds it: its text, cut into segments, and excerpts of it."""

import json
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from shard.outline import Unit, enclosing
from shard.segments import Segment
from swarm_app.contracts.documents import Excerpt, Part
from swarm_app.documents.standing import standing

_HEADING = re.compile(r"\s*(?:#{1,6}\s|=+\s.*=\s*$)|[^\n]{1,60}:$")


class Held:
    """One part in memory. Offsets are characters into the part's text unless said otherwise."""

    def __init__(
        self,
        part: Part,
        text: str,
        first_char: int,
        *,
        line_starts: Iterable[int],
        segments: list[Segment],
        units: list[Unit],
        spoken: bool = False,
    ) -> None:
        """Hold `part`, whose first character is the document's `first_char`.

        ``line_starts`` has one more than there are lines: where the last ends. ``spoken`` is a transcript.
        """
        self.part = part
        self.standing = standing(part.path)
        self.text = text
        self.first_char = first_char
        self.line_starts = array("I", line_starts)
        self.segments = segments
        self.units = units
        self.spoken = spoken
        self._segment_starts = array("I", (segment.start for segment in segments))

    @classmethod
    def restored(cls, saved: str) -> "Held":
        """What `saved` told."""
        part, text, first_char, line_starts, segments, units, spoken = json.loads(saved)
        return cls(
            Part(**part),
            text,
            first_char,
            line_starts=line_starts,
            segments=[Segment(*segment) for segment in segments],
            units=[Unit(*unit) for unit in units],
            spoken=spoken,
        )

    def saved(self) -> str:
        """All of it, as one line of JSON."""
        lines = list(self.line_starts)
        cut = [self.segments, self.units, self.spoken]
        told = [self.part.model_dump(), self.text, self.first_char, lines, *cut]
        return json.dumps(told, separators=(",", ":"))

    def excerpt(
        self,
        start: int,
        end: int,
        *,
        score: float = 0.0,
        leads: bool = False,
        rarity: Mapping[str, float] = MappingProxyType({}),
    ) -> Excerpt:
        """The characters ``start``–``end`` (end excluded) as an excerpt of the document."""
        return Excerpt(
            path=self.part.path,
            sha256=self.part.sha256,
            start=self._line_at(start),
            end=self._line_at(max(start, end - 1)),
            start_char=self.first_char + start,
            end_char=self.first_char + end,
            text=self.text[start:end],
            score=score,
            leads=leads,
            rarity=dict(rarity),
        )

    def lines(self, start: int, end: int) -> Excerpt | None:
        """The document's lines ``start``–``end``, cut to what the part has; None if it has none of them."""
        first = max(start, self.part.start) - self.part.start
        last = min(end, self.part.end) - self.part.start
        if first > last:
            return None
        return self.excerpt(self.line_starts[first], self.line_starts[last + 1])

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

    def _is_passage(self, first: int, last: int, most: int) -> bool:
        return (
            first >= 0
            and last < len(self.segments)
            and self.segments[first].unit == self.segments[last].unit
            and self.segments[last].end - self.segments[first].start <= most
        )

    def _segments_of(self, index: int) -> range:
        unit = self.units[index]
        first = bisect_left(self._segment_starts, self.line_starts[unit.first])
        return range(first, bisect_left(self._segment_starts, self.line_starts[unit.last + 1]))

    def _line_at(self, offset: int) -> int:
        return self.part.start + bisect_right(self.line_starts, offset, hi=len(self.line_starts) - 1) - 1
