"""The ranking of segments: by what they, their paragraphs and pages say, and by the topic they belong to.

A segment answers a question when its own words do, when its paragraph's do and when its page's do: the scores
of the windows around it are summed. A wider window changes little from one segment to the next, so the topic
has an index of its own, with a row for every few segments. The best rows, by their topic and by the places in
them, tell which segments are worth counting in.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np

from shard.fields import FIELDS, STEP, Field
from shard.index import Hit, Index, Rarity
from shard.statistics import Statistics
from shard.windows import Opening, Windows
from shard.writer import Entry, Writer

_SATURATION = 2.2  # what BM25 multiplies a term's rarity with at most: k1 + 1
_PLACES = "places"  # of the segments of a row: only to find it
_ROWS = 400  # whose segments are counted in; of 16 segments each, they hold some 300,000 tokens


class Ranking:
    """The segments of some documents, numbered in their order. It never changes, so threads may share it."""

    def __init__(
        self, index: Index, windows: Windows, sizes: Sequence[int], fields: Mapping[str, Field]
    ) -> None:
        """Rank by an `index` of rows and by `windows`; ``sizes`` counts each document's segments."""
        self._index, self._windows = index, windows
        self._fields, self._wide = fields, _wide(fields)
        self._firsts = [0, *accumulate(sizes)]
        self._rows = [0, *accumulate(-(-size // STEP) for size in sizes)]

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
        hits = self._counted(weights, rarity, limit, within)
        topics = self._topics(hits, weights, rarity)
        most = self._most(weights, rarity) or 1.0
        found = [Hit(hit.number, (hit.score + topic) / most) for hit, topic in zip(hits, topics, strict=True)]
        return sorted(found, key=lambda hit: (-hit.score, hit.number))

    def _counted(
        self, weights: Mapping[str, float], rarity: Rarity, limit: int, within: Sequence[range] | None
    ) -> list[Hit]:
        """The best segments of the best rows, by what is counted in their windows."""
        inside = None if within is None else [self._rows_of(numbers) for numbers in within if numbers]
        looked = {name: Field(field.width, weight=1.0, step=STEP) for name, field in self._wide.items()}
        fields = looked | {_PLACES: _indexed(self._fields)[_PLACES]}
        rows = self._index.best(weights, rarity, fields=fields, limit=_ROWS, within=inside)
        numbers = [number for row in sorted(hit.number for hit in rows) for number in self._segments_of(row)]
        scores = self._windows.scores(weights, rarity, numbers)
        best = np.argsort(-scores, kind="stable")[:limit].tolist()
        return [Hit(numbers[place], float(scores[place])) for place in best if scores[place] > 0]

    def _topics(self, hits: Sequence[Hit], weights: Mapping[str, float], rarity: Rarity) -> list[float]:
        """The score of the row that each of some segments belongs to."""
        rows = [self._row(hit.number) for hit in hits]
        asked = sorted(set(rows))
        found = self._index.best(
            weights, rarity, fields=self._wide, limit=len(asked) or 1, within=list(_runs(asked))
        )
        scores = {hit.number: hit.score for hit in found}
        return [scores.get(row, 0.0) for row in rows]

    def _row(self, segment: int) -> int:
        document = bisect_right(self._firsts, segment) - 1
        return self._rows[document] + (segment - self._firsts[document]) // STEP

    def _rows_of(self, segments: range) -> range:
        return range(self._row(segments.start), self._row(segments.stop - 1) + 1)

    def _segments_of(self, row: int) -> range:
        document = bisect_right(self._rows, row) - 1
        first = self._firsts[document] + (row - self._rows[document]) * STEP
        return range(first, min(first + STEP, self._firsts[document + 1]))

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
