"""What a collection knows of its words: with it a segment scores alike however many shards hold the rest."""

import math
from collections.abc import Iterable, Mapping
from functools import reduce
from typing import NamedTuple

Frequencies = tuple[int, ...]


class Statistics(NamedTuple):
    """``segments`` are held, and ``frequencies[term]`` of them have the term in each field of the index."""

    segments: int
    frequencies: Mapping[str, Frequencies]

    def __add__(self, other: object) -> "Statistics":
        if not isinstance(other, Statistics):
            return NotImplemented
        together = dict(self.frequencies)
        for term, counts in other.frequencies.items():
            known = together.get(term)
            together[term] = tuple(map(sum, zip(known, counts, strict=True))) if known else counts
        return Statistics(self.segments + other.segments, together)

    def rarity(self, term: str, field: int = 0) -> float:
        """The inverse document frequency of BM25: the logarithm of 1 + (N - n + 0.5) / (n + 0.5)."""
        count = self.frequencies[term][field] if term in self.frequencies else 0
        return math.log(1 + (self.segments - count + 0.5) / (count + 0.5))


def combined(shards: Iterable[Statistics]) -> Statistics:
    """The statistics of a collection that lies in several shards."""
    return reduce(Statistics.__add__, shards, Statistics(0, {}))
