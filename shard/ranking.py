"""The ranking of segments: by what they, their paragraphs and pages say, and by the topic they belong to.

A segment answers a question when its own words do, when its paragraph's do and when its page's do: it is
indexed with the terms of the windows around it, and their scores are summed. A wider window changes little
from one segment to the next, so the topic has an index of its own with a row for every few segments, and is
asked only about the rows of the best segments.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from shard.consecutive import consecutive
from shard.fields import FIELDS, Field
from shard.index import Index, Rarity
from shard.statistics import Statistics
from shard.writer import Entry, Writer

_SATURATION = 2.2  # what BM25 multiplies a term's rarity with at most: k1 + 1


class Place(NamedTuple):
    """Where a segment stands: the number of its document, and its own in there."""

    document: int
    segment: int


class Ranking:
    """The segments of some documents, numbered in their order. It never changes, so threads may share it."""

    def __init__(
        self, indexes: Mapping[int, Index], sizes: Sequence[int], fields: Mapping[str, Field]
    ) -> None:
        """Rank by the `indexes` of each step of the `fields`; ``sizes`` counts each document's segments."""
        self._segments, self._wider = indexes[1], {step: indexes[step] for step in indexes if step > 1}
        self._fields = fields
        self._firsts = {step: [0, *accumulate(-(-size // step) for size in sizes)] for step in indexes}

    @classmethod
    def made(
        cls,
        documents: Iterable[Sequence[Entry]],
        fields: Mapping[str, Field] = FIELDS,
        folder: Path | None = None,
    ) -> "Ranking":
        """The ranking of `documents`, each the entries of its segments in order, by these `fields`.

        It is in memory, or in an empty ``folder``: raises `OSError` or `ValueError` for one that cannot be
        written.
        """
        writers = {step: Writer(some, _place(folder, step)) for step, some in _by_step(fields).items()}
        sizes: list[int] = []
        for entries in documents:
            sizes.append(sum(entry.own for entry in entries))
            for writer in writers.values():
                writer.add(entries)
        return cls({step: writer.done() for step, writer in writers.items()}, sizes, fields)

    @classmethod
    def opened(cls, folder: Path, sizes: Sequence[int], fields: Mapping[str, Field] = FIELDS) -> "Ranking":
        """The ranking that was made in a folder, of documents of these `sizes`; raises `ValueError`."""
        indexes = {
            step: Index.opened(folder / _name(step), sum(-(-size // step) for size in sizes), some)
            for step, some in _by_step(fields).items()
        }
        return cls(indexes, sizes, fields)

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """How many segments there are, and how many have each of these terms in each of their fields."""
        return self._segments.statistics(terms)

    def vocabulary(self) -> Statistics:
        """The statistics of every term."""
        return self._segments.vocabulary()

    def best(
        self,
        weights: Mapping[str, float],
        *,
        collection: Statistics,
        limit: int,
        within: Sequence[range] | None = None,
    ) -> list[tuple[Place, float]]:
        """The `limit` best segments for weighted terms and their scores; only `within` these if given.

        ``collection`` has the statistics of all that is searched, these segments included. A score is the
        share of the question that a segment holds with what stands around it, 0 to about 1: the sum of the
        BM25 scores, over the most that any words could score in the windows. What the collection lacks counts
        as its rarest, so what is said about few of the words scores little.
        """
        rarity = self._rarity(collection)
        hits = self._segments.best(weights, rarity, limit=limit, within=within)
        places = self._places(hits)
        scores = list(hits.values())
        for step in self._wider:
            wider = self._around(places, step, weights, rarity)
            scores = [score + more for score, more in zip(scores, wider, strict=True)]
        most = self._most(weights, rarity) or 1.0
        return [(place, score / most) for place, score in zip(places, scores, strict=True)]

    def _places(self, numbers: Iterable[int]) -> list[Place]:
        firsts = self._firsts[1]
        documents = [(number, bisect_right(firsts, number) - 1) for number in numbers]
        return [Place(document, number - firsts[document]) for number, document in documents]

    def _around(
        self, places: Sequence[Place], step: int, weights: Mapping[str, float], rarity: Rarity
    ) -> list[float]:
        """The score of the wider row that each of some segments belongs to."""
        firsts = self._firsts[step]
        rows = [firsts[document] + segment // step for document, segment in places]
        asked = sorted(set(rows))
        scores = self._wider[step].best(
            weights, rarity, limit=len(asked) or 1, within=list(consecutive(asked))
        )
        return [scores.get(row, 0.0) for row in rows]

    def _rarity(self, collection: Statistics) -> Rarity:
        """How rare a term is in a field of every segment; a wider field takes the widest of those."""
        numbers = {name: number for number, name in enumerate(_by_step(self._fields)[1])}
        widest = max(numbers, key=lambda name: self._fields[name].width)
        return lambda term, field: collection.rarity(term, numbers[field if field in numbers else widest])

    def _most(self, weights: Mapping[str, float], rarity: Rarity) -> float:
        """What a segment would score in whose windows nothing but the terms stood."""
        return _SATURATION * sum(
            field.weight * weight * rarity(term, name)
            for name, field in self._fields.items()
            for term, weight in weights.items()
            if field.width and field.sees(spoken=False)
        )


def _by_step(fields: Mapping[str, Field]) -> dict[int, dict[str, Field]]:
    """The fields of each step, the segments' own first."""
    steps = sorted({field.step for field in fields.values()})
    return {step: {name: field for name, field in fields.items() if field.step == step} for step in steps}


def _name(step: int) -> str:
    return f"step-{step}"


def _place(folder: Path | None, step: int) -> Path | None:
    return folder / _name(step) if folder else None
