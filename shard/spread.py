"""Which of what was found stands for its place: that which nothing near it outdoes.

People who talk say a thing many times, and talk of it in many places: more of one place tells a reader less
than a word from the next.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from math import inf

Spot = tuple[str, int]
"""A document and a character of it."""


def leading(found: Iterable[Spot], apart: int) -> Iterator[bool]:
    """Of each spot, best first, whether none of those before it is at most `apart` characters away."""
    taken: dict[str, list[float]] = {}
    for document, at in found:
        near = taken.get(document) or taken.setdefault(document, [-inf, inf])
        place = bisect_left(near, at)
        yield at - near[place - 1] > apart and near[place] - at > apart
        near.insert(place, at)
