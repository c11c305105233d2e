"""From ranked segments to excerpts: cut where a reader would, never overlapping, together within a budget."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shard.held import Held
from swarm_app.contracts.documents import MIN_QUOTE_CHARS, Excerpt

_LEAST = 40  # characters: what is left of a budget below this is not worth an excerpt
_FLOOR = 0.4  # of the best score: what is below says no more than where it stands
_WHOLE_SHARE = 4  # a function is taken whole when it fits into this part of the budget
_PASSAGE_SHARE = 8  # and this much of a longer one


class Ranked(NamedTuple):
    """A segment of a held part and its score."""

    held: Held
    segment: int
    score: float


def choose(ranked: Sequence[Ranked], budget: int) -> list[Excerpt]:
    """Excerpts that hold the best of the `ranked` segments (best first), at most `budget` characters.

    Scraps too short to be quoted come only when there is nothing longer.
    """
    choice = _Choice(budget)
    for item in ranked:
        if choice.left < min(_LEAST, budget) or item.score < _FLOOR * ranked[0].score:
            break
        choice.add(item)
    if ranked and choice.left == budget > 0:
        return [_beginning(ranked[0], budget)]
    excerpts = sorted(choice.excerpts(), key=lambda excerpt: -excerpt.score)
    return [excerpt for excerpt in excerpts if len(excerpt.text) >= MIN_QUOTE_CHARS] or excerpts


def _beginning(item: Ranked, budget: int) -> Excerpt:
    """As many whole words of a segment as fit: no segment does, and less is better than nothing."""
    start = item.held.segments[item.segment].start
    words = item.held.text[start : start + budget + 1].rsplit(maxsplit=1)[0]
    return item.held.excerpt(start, start + min(len(words), budget), item.score)


class _Choice:
    """The segments chosen so far, by part, each with its score, and the characters that are left."""

    def __init__(self, budget: int) -> None:
        self.left = budget
        self._whole = budget // _WHOLE_SHARE
        self._passage = budget // _PASSAGE_SHARE
        self._chosen: dict[Held, dict[int, float]] = {}

    def add(self, item: Ranked) -> None:
        """Choose the segment with as much around it as a reader wants and the budget allows."""
        chosen = self._chosen.setdefault(item.held, {})
        if item.segment in chosen:
            return
        for run in self._runs(item.held, item.segment, chosen):
            cost = _cost(item.held, run, chosen)
            if cost <= self.left:
                self.left -= cost
                chosen.update({segment: item.score for segment in run if segment not in chosen})
                return

    def excerpts(self) -> Iterator[Excerpt]:
        for held, chosen in self._chosen.items():
            for run in _consecutive(sorted(chosen)):
                score = max(chosen[segment] for segment in run)
                yield held.excerpt(held.segments[run[0]].start, held.segments[run[-1]].end, score)

    def _runs(self, held: Held, segment: int, chosen: dict[int, float]) -> Iterator[range]:
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


def _cost(held: Held, run: range, chosen: dict[int, float]) -> int:
    """The characters that a run adds, with the white space that joins it to what is chosen already."""
    segments = held.segments
    cost = 0
    for number in run:
        if number in chosen:
            continue
        cost += segments[number].end - segments[number].start
        if number - 1 in chosen or number - 1 in run:
            cost += segments[number].start - segments[number - 1].end
        if number + 1 in chosen:
            cost += segments[number + 1].start - segments[number].end
    return cost


def _consecutive(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    first = 0
    for position in range(1, len(numbers) + 1):
        if position == len(numbers) or numbers[position] != numbers[position - 1] + 1:
            yield numbers[first:position]
            first = position
