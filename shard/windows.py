"""Windows: BM25 of the terms that stand around a segment, counted from postings when it is asked.

Every segment is indexed once. How often a term stands in a window is the difference of two sums of its
postings, so windows of any width cost nothing to load. A field's average length is a constant, so a score
does not depend on what else its shard holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from shard.ballast import TERMS
from shard.fields import Field
from shard.index import Rarity
from shard.postings import Gathering, Postings
from shard.statistics import Statistics
from shard.writer import Entry

Numbers = npt.NDArray[np.signedinteger]
Scores = npt.NDArray[np.float64]

_SATURATION, _LENGTH = 1.2, 0.75  # BM25's k1 and b, as tantivy has them


class Windows:
    """The windows over the segments of some documents, numbered in their order. It never changes."""

    def __init__(
        self, words: Postings, places: Postings, sizes: Numbers, own: Numbers, fields: Mapping[str, Field]
    ) -> None:
        """``sizes`` counts each document's entries; ``own`` are the numbers of those that are segments here.

        The others stand around a split document's part, and are only seen in its windows.
        """
        self._words, self._places, self._sizes, self._own, self._fields = words, places, sizes, own, fields
        ends = np.cumsum(sizes)
        document = np.searchsorted(ends, own, side="right")
        self._first, self._stop = (ends - sizes)[document], ends[document]
        self._lengths = np.concatenate([[0], np.cumsum(words.lengths)])
        counts = np.bincount(document, minlength=sizes.size)
        begins = np.append(own, 0)[np.cumsum(counts) - counts]
        self._reach = np.stack([begins, begins + counts])  # of each document, the first own entry and the end

    def scores(self, weights: Mapping[str, float], rarity: Rarity, numbers: Numbers) -> Scores:
        """What each of these segments scores for weighted terms, in all fields together."""
        total = np.zeros(numbers.size)
        windows = {name: self._window(numbers, field) for name, field in self._fields.items() if field.width}
        for term, weight in weights.items():
            sums = _sums(self._words.of(term), self._words.lengths.size)
            for name, (first, stop, damping) in windows.items():
                counts = sums[stop] - sums[first]
                weighs = self._fields[name].weight * weight * rarity(term, name)
                total += weighs * _bm25(counts, damping)
            total += weight * self._place(term, rarity, numbers)
        return total

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """How many segments there are, and in how many windows of each field each of these terms stands."""
        asked = list(terms)
        return self._counted(self._words.only(asked), self._places.only(asked))

    def vocabulary(self) -> Statistics:
        """The statistics of every term."""
        return self._counted(self._words, self._places)

    def save(self, folder: Path) -> None:
        """Write all of it into a folder; raises `OSError`."""
        self._words.save(folder / "words")
        self._places.save(folder / "places")
        np.save(folder / "sizes.npy", self._sizes, allow_pickle=False)
        np.save(folder / "own.npy", self._own, allow_pickle=False)

    @classmethod
    def saved(cls, folder: Path, fields: Mapping[str, Field]) -> "Windows":
        """What `save` wrote; raises `OSError` or `ValueError`."""
        sizes, own = (np.load(folder / name, allow_pickle=False) for name in ("sizes.npy", "own.npy"))
        return cls(Postings.saved(folder / "words"), Postings.saved(folder / "places"), sizes, own, fields)

    def _window(self, numbers: Numbers, field: Field) -> tuple[Numbers, Numbers, Scores]:
        """Where the window around each of these segments begins and ends, and how its length damps it."""
        middle, margin = self._own[numbers], (field.width - 1) // 2
        first = np.maximum(self._first[numbers], middle - margin)
        stop = np.minimum(self._stop[numbers], middle + margin + 1)
        return first, stop, _damping(self._lengths[stop] - self._lengths[first], field)

    def _place(self, term: str, rarity: Rarity, numbers: Numbers) -> Scores:
        """What the places of these segments score for a term."""
        total = np.zeros(numbers.size)
        found = self._places.of(term)
        for name, field in self._fields.items():
            if not field.width and found.size:
                counts = np.bincount(found, minlength=self._places.lengths.size)[self._own[numbers]]
                lengths = self._places.lengths[self._own[numbers]]
                total += field.weight * rarity(term, name) * _bm25(counts, _damping(lengths, field))
        return total

    def _counted(self, words: Postings, places: Postings) -> Statistics:
        """In how many windows each of the terms stands, field by field."""
        counts = [
            self._seen(words, field.width) if field.width else self._seen(places, 1)
            for field in self._fields.values()
        ]
        terms = dict.fromkeys([*words.terms, *places.terms])
        return Statistics(
            self._own.size, {term: tuple(seen.get(term, 0) for seen in counts) for term in terms}
        )

    def _seen(self, postings: Postings, width: int) -> dict[str, int]:
        """In how many segments' windows of this width each term stands: neighbours count once."""
        if not postings.texts.size:
            return {}
        margin = (width - 1) // 2
        first, stop = self._reach[:, np.searchsorted(np.cumsum(self._sizes), postings.texts, side="right")]
        ends = np.minimum(postings.texts + margin + 1, stop)
        begun = np.append(0, ends)  # where the window before ends; each term begins anew
        begun[postings.ends[:-1]] = 0
        starts = np.maximum(np.maximum(postings.texts - margin, first), begun[:-1])
        sums = np.concatenate([[0], np.cumsum(np.maximum(0, ends - starts))])[[0, *postings.ends]]
        return dict(zip(postings.terms, np.diff(sums).tolist(), strict=True))


class Opening:
    """Windows that are being made, document by document."""

    def __init__(self, fields: Mapping[str, Field]) -> None:
        self._fields = fields
        self._words, self._places = Gathering(), Gathering()
        self._sizes: list[int] = []
        self._own: list[int] = []
        self._entries = 0

    def add(self, entries: Sequence[Entry]) -> None:
        """Add a document's segments, in their order."""
        for number, entry in enumerate(entries, start=self._entries):
            self._words.add(entry.terms)
            self._places.add(entry.place)
            if entry.own:
                self._own.append(number)
        self._sizes.append(len(entries))
        self._entries += len(entries)

    def done(self) -> Windows:
        """The windows of what was added."""
        sizes, own = (np.array(numbers, np.int32) for numbers in (self._sizes, self._own))
        return Windows(self._words.done(), self._places.done(), sizes, own, self._fields)


def _sums(postings: Numbers, texts: int) -> Numbers:
    """How often a term stands before each text, and before the end."""
    return np.concatenate([[0], np.cumsum(np.bincount(postings, minlength=texts))]).astype(np.int32)


def _damping(lengths: Numbers, field: Field) -> Scores:
    """What BM25 adds to a count: the more, the longer the text is."""
    damping: Scores = _SATURATION * (1 - _LENGTH + _LENGTH * lengths / (TERMS * max(1, field.width)))
    return damping


def _bm25(counts: Numbers, damping: Scores) -> Scores:
    """What BM25 multiplies a term's rarity with, for its counts in texts that are damped so."""
    scores: Scores = counts * (_SATURATION + 1) / (counts + damping)
    return scores
