"""Postings: where each term stands, as sorted numbers, so that a window's words are counted when asked."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from pathlib import Path

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]

_NONE: Numbers = np.zeros(0, np.int32)


class Postings:
    """For each term the numbers of the texts that have it, once for each time. It never changes."""

    def __init__(self, terms: Sequence[str], lengths: Numbers, texts: Numbers, ends: Numbers) -> None:
        """``lengths`` are the terms of each text; ``texts`` the places of each term, up to its `ends`."""
        self.terms = terms
        self.lengths = lengths
        self.texts = texts
        self.ends = ends
        self._numbers = {term: number for number, term in enumerate(terms)}

    def of(self, term: str) -> Numbers:
        """The texts that have a term, in order."""
        number = self._numbers.get(term)
        if number is None:
            return _NONE
        return self.texts[self.ends[number - 1] if number else 0 : self.ends[number]]

    def only(self, terms: Iterable[str]) -> "Postings":
        """The postings of these terms alone, those that nobody has among them."""
        asked = list(dict.fromkeys(terms))
        found = [self.of(term) for term in asked]
        ends = np.cumsum([postings.size for postings in found], dtype=np.int32)
        return Postings(asked, self.lengths, np.concatenate([_NONE, *found]), ends)

    def save(self, folder: Path) -> None:
        """Write all of it into a new folder; raises `OSError`."""
        folder.mkdir()
        (folder / "terms.txt").write_text("\n".join(self.terms), "utf-8")
        for name, numbers in self._arrays().items():
            np.save(folder / f"{name}.npy", numbers, allow_pickle=False)

    @classmethod
    def saved(cls, folder: Path) -> "Postings":
        """What `save` wrote; raises `OSError` or `ValueError`."""
        terms = (folder / "terms.txt").read_text("utf-8").split("\n")
        arrays = {name: np.load(folder / f"{name}.npy", allow_pickle=False) for name in _EMPTY._arrays()}
        return cls(terms if arrays["ends"].size else [], **arrays)

    def _arrays(self) -> Mapping[str, Numbers]:
        return {"lengths": self.lengths, "texts": self.texts, "ends": self.ends}


_EMPTY = Postings([], _NONE, _NONE, _NONE)


class Gathering:
    """Postings that are being made, text by text."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._found = array("i")
        self._lengths = array("i")

    def add(self, text: str) -> None:
        """Add the terms of the next text, joined by spaces."""
        found = [self._numbers[term] for term in text.split()]
        self._found.extend(found)
        self._lengths.append(len(found))

    def done(self) -> Postings:
        """The postings of what was added."""
        found, lengths = (np.array(numbers, np.int32) for numbers in (self._found, self._lengths))
        places = np.repeat(np.arange(lengths.size, dtype=np.int32), lengths)
        texts = places[np.argsort(found, kind="stable")]
        ends = np.cumsum(np.bincount(found, minlength=len(self._numbers)), dtype=np.int32)
        return Postings([*self._numbers], lengths, texts, ends)
