"""From ranked segments to pieces of excerpts: cut where a reader would, never overlapping, in a budget."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import compress, zip_longest
from types import MappingProxyType
from typing import NamedTuple

from shard.consecutive import consecutive
from shard.held import Held
from shard.merge import FLOOR, WIDE
from shard.spread import leading
from swarm_app.contracts.documents import Excerpt

_LEAST = 40  # characters: what is left of a budget below this is not worth an excerpt
_WHOLE_SHARE = 4  # a function is taken whole when it fits into this part of the budget
_PASSAGE_SHARE = 8  # and this much of a longer one
_APART_SHARE = 2  # so much of it lies between two places of a transcript


class Ranked(NamedTuple):
    """A segment of a held part and its score."""

    held: Held
    segment: int
    score: float


def choose(
    ranked: Sequence[Ranked], budget: int, rarity: Mapping[str, float] = MappingProxyType({})
) -> list[Excerpt]:
    """Pieces that hold the best of the `ranked` segments (best first), at most `budget` characters together.

    Those that lead come first, and the best of them and of the others; those that touch are one excerpt, with
    the white space between them in the later piece. Each tells the ``rarity`` of what was asked.
    """
    choice = _Choice(budget, rarity)
    pieces: list[Excerpt] = []
    for item, leads in _spread(ranked, budget // _APART_SHARE):
        if choice.left < min(_LEAST, budget) or item.score < WIDE * ranked[0].score:
            break
        pieces.extend(choice.add(item, leads=leads))
    return [_beginning(ranked[0], budget, rarity)] if ranked and choice.left == budget > 0 else pieces


def _spread(ranked: Sequence[Ranked], apart: int) -> Iterator[tuple[Ranked, bool]]:
    """The segments and whether each leads, those that do first: all that is good, but of what is spoken only
    the best of each place.
    """
    good = [item for item in ranked if item.score >= FLOOR * ranked[0].score]
    spots = [(held.part.path, held.first_char + held.segments[segment].start) for held, segment, _ in good]
    leads = [alone or not item.held.spoken for item, alone in zip(good, leading(spots, apart), strict=True)]
    yield from ((item, True) for item in compress(good, leads))
    yield from ((item, False) for item, first in zip_longest(ranked, leads) if not first)


def _beginning(item: Ranked, budget: int, rarity: Mapping[str, float]) -> Excerpt:
    """As many whole words of a segment as fit: no segment does, and less is better than nothing."""
    start = item.held.segments[item.segment].start
    words = item.held.text[start : start + budget + 1].rsplit(maxsplit=1)[0]
    end = start + min(len(words), budget)
    return item.held.excerpt(start, end, score=item.score, rarity=rarity)


class _Choice:
    """The segments chosen so far, by part, and the characters that are left."""

    def __init__(self, budget: int, rarity: Mapping[str, float]) -> None:
        self.left = budget
        self._rarity = rarity
        self._whole = budget // _WHOLE_SHARE
        self._passage = budget // _PASSAGE_SHARE
        self._chosen: dict[Held, set[int]] = {}

    def add(self, item: Ranked, *, leads: bool) -> list[Excerpt]:
        """Choose the segment with as much around it as a reader wants and the budget allows."""
        chosen = self._chosen.setdefault(item.held, set())
        if item.segment in chosen:
            return []
        for run in self._runs(item.held, item.segment, chosen):
            spans = list(_spans(item.held, run, chosen))
            cost = sum(end - start for start, end in spans)
            if cost <= self.left:
                self.left -= cost
                chosen.update(run)
                return [
                    item.held.excerpt(start, end, score=item.score, leads=leads, rarity=self._rarity)
                    for start, end in spans
                ]
        return []

    def _runs(self, held: Held, segment: int, chosen: set[int]) -> Iterator[range]:
        """What to take for a segment, the most first: its function, a filled gap, the segment alone."""
        if held.part.kind == "code":
            yield from held.units_around(segment, self._whole)
            yield held.passage(segment, self._passage)
        if held.is_heading(segment):
            yield range(segment, segment + 2)
        if segment - 2 in chosen:
            yield range(segment - 1, segment + 1)
        if segment + 2 in chosen:
            yield range(segment, segment + 2)
        yield range(segment, segment + 1)


def _spans(held: Held, run: range, chosen: set[int]) -> Iterator[tuple[int, int]]:
    """The characters that a run adds to what is chosen already, with the white space that joins the two."""
    for new in consecutive([number for number in run if number not in chosen]):
        first, last = new[0], new[-1]
        start = held.segments[first - 1].end if first - 1 in chosen else held.segments[first].start
        end = held.segments[last + 1].start if last + 1 in chosen else held.segments[last].end
        yield start, end
