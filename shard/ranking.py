"""The ranking of segments: by what they, their paragraphs and pages say, and by the topic they belong to.

A segment answers a question when its own words do, when its paragraph's do and when its page's do: the scores
of the windows around it are summed. A wider window changes little from one segment to the next, so the topic
has an index of its own, with a row for every few segments. The best rows, by their topic and by the places in
them, tell which segments are worth counting in.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import numpy as np

from shard.fields import FIELDS, STEP, Field
from shard.index import Index, Rarity
from shard.statistics import Statistics
from shard.windows import Numbers, Opening, Scores, Windows
from shard.writer import Entry, Writer

_SATURATION = 2.2  # what BM25 multiplies a term's rarity with at most: k1 + 1
_PLACES = "places"  # of the segments of a row: only to find it
_ROWS = 400  # whose segments are counted in; of 16 segments each, they hold some 300,000 tokens


class Hit(NamedTuple):
    """A segment's number in the order of indexing, and its score."""

    number: int
    score: float


class Ranking:
    """The segments of some documents, numbered in their order. It never changes, so threads may share it."""

    def __init__(
        self, index: Index, windows: Windows, sizes: Sequence[int], fields: Mapping[str, Field]
    ) -> None:
        """Rank by an `index` of rows and by `windows`; ``sizes`` counts each document's segments."""
        self._index, self._windows = index, windows
        self._fields, self._wide = fields, _wide(fields)
        self._firsts = np.array([0, *accumulate(sizes)])
        self._rows = np.array([0, *accumulate(-(-size // STEP) for size in sizes)])

    @classmethod
    def made(
        cls,
        documents: Iterable[Sequence[Entry]],
        fields: Mapping[str, Field] = FIELDS,
        folder: Path | None = None,
    ) -> "Ranking":
        """The ranking of `documents`, each the entries of its segments in order, by these `fields`.

        It is in memory, and saved in an empty ``folder`` if one is given: raises `OSError` or `ValueError`
        for one that cannot be written.
        """
        writer = Writer(_indexed(fields), folder and folder / "rows")
        opening = Opening(_narrow(fields))
        sizes: list[int] = []
        for entries in documents:
            sizes.append(sum(entry.own for entry in entries))
            writer.add(entries)
            opening.add(entries)
        windows = opening.done()
        if folder:
            windows.save(folder)
        return cls(writer.done(), windows, sizes, fields)

    @classmethod
    def opened(cls, folder: Path, sizes: Sequence[int], fields: Mapping[str, Field] = FIELDS) -> "Ranking":
        """The ranking that was made in a folder, of documents of these `sizes`.

        Raises `OSError` or `ValueError`.
        """
        return cls(Index.opened(folder / "rows"), Windows.saved(folder, _narrow(fields)), sizes, fields)

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """How many segments there are, and how many have each of these terms in each of their fields."""
        return self._windows.statistics(terms)

    def vocabulary(self) -> Statistics:
        """The statistics of every term."""
        return self._windows.vocabulary()

    def best(
        self,
        weights: Mapping[str, float],
        *,
        collection: Statistics,
        limit: int,
        within: Sequence[range] | None = None,
    ) -> list[Hit]:
        """The `limit` best segments for weighted terms, best first; only `within` these numbers if given.

        ``collection`` has the statistics of all that is searched, these segments included; ``within`` names
        whole documents. A score is the share of the question that a segment holds with what stands around
        it, 0 to about 1: the sum of the BM25 scores, over the most that any words could score in the windows.
        What the collection lacks counts as its rarest, so what is said about few of the words scores little.
        """
        rarity = self._rarity(collection)
        numbers, scores = self._counted(weights, rarity, limit, within)
        totals = (scores + self._topics(numbers, weights, rarity)) / (self._most(weights, rarity) or 1.0)
        order = np.argsort(-totals, kind="stable")
        return [*map(Hit, numbers[order].tolist(), totals[order].tolist())]

    def _counted(
        self, weights: Mapping[str, float], rarity: Rarity, limit: int, within: Sequence[range] | None
    ) -> tuple[Numbers, Scores]:
        """The best segments of the best rows, in order, and what is counted in their windows."""
        inside = None if within is None else [self._span(numbers) for numbers in within if numbers]
        looked = {name: Field(field.width, weight=1.0, step=STEP) for name, field in self._wide.items()}
        fields = looked | {_PLACES: _indexed(self._fields)[_PLACES]}
        rows = self._index.best(weights, rarity, fields=fields, limit=_ROWS, within=inside)
        numbers = self._segments_of(sorted(rows))
        scores = self._windows.scores(weights, rarity, numbers)
        best = np.sort(np.argsort(-scores, kind="stable")[:limit])
        return numbers[best], scores[best]

    def _topics(self, segments: Numbers, weights: Mapping[str, float], rarity: Rarity) -> Scores:
        """The score of the row that each of some segments belongs to."""
        rows = self._rows_of(segments)
        asked = np.unique(rows).tolist()
        scores = self._index.best(
            weights, rarity, fields=self._wide, limit=len(asked) or 1, within=[*_runs(asked)]
        )
        return np.array([scores.get(row, 0.0) for row in rows.tolist()])

    def _rows_of(self, segments: Numbers) -> Numbers:
        """The row of each of some segments."""
        document = np.searchsorted(self._firsts, segments, side="right") - 1
        return np.asarray(self._rows[document] + (segments - self._firsts[document]) // STEP)

    def _span(self, segments: range) -> range:
        """The rows of a run of segments."""
        first, last = self._rows_of(np.array([segments[0], segments[-1]])).tolist()
        return range(first, last + 1)

    def _segments_of(self, rows: Sequence[int]) -> Numbers:
        """The segments of some rows, in order."""
        asked = np.array(rows, np.int64)
        document = np.searchsorted(self._rows, asked, side="right") - 1
        first = self._firsts[document] + (asked - self._rows[document]) * STEP
        numbers = first[:, None] + np.arange(STEP)
        return np.asarray(numbers[numbers < self._firsts[document + 1][:, None]])

    def _rarity(self, collection: Statistics) -> Rarity:
        """How rare a term is in a field of every segment; a wider field takes the widest of those."""
        narrow = _narrow(self._fields)
        numbers = {name: number for number, name in enumerate(narrow)}
        widest = numbers[max(narrow, key=lambda name: narrow[name].width)]
        return lambda term, field: collection.rarity(term, numbers.get(field, widest))

    def _most(self, weights: Mapping[str, float], rarity: Rarity) -> float:
        """What a segment would score in whose windows nothing but the terms stood."""
        return _SATURATION * sum(
            field.weight * weight * rarity(term, name)
            for name, field in self._fields.items()
            for term, weight in weights.items()
            if field.width
        )


def _narrow(fields: Mapping[str, Field]) -> dict[str, Field]:
    """The fields of every segment."""
    return {name: field for name, field in fields.items() if field.step == 1}


def _wide(fields: Mapping[str, Field]) -> dict[str, Field]:
    """The fields of a row of segments."""
    return {name: field for name, field in fields.items() if field.step == STEP}


def _indexed(fields: Mapping[str, Field]) -> dict[str, Field]:
    """The fields of the index: those of a row, and what its segments' places are called."""
    return _wide(fields) | {_PLACES: Field(0, step=STEP)}


def _runs(numbers: Sequence[int]) -> Iterator[range]:
    """Sorted numbers as runs without a gap."""
    first = 0
    for position in range(1, len(numbers) + 1):
        if position == len(numbers) or numbers[position] != numbers[position - 1] + 1:
            yield range(numbers[first], numbers[position - 1] + 1)
            first = position
