"""Which of what was found is shown first: the best of each place, before more of any.

What answers best in one place is often not the place that was asked for. So a reader is shown the best of
each, as far as a budget goes, and then what else is good.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from math import inf

Spot = tuple[str, int]
"""A document and a character of it."""


def leading(found: Iterable[Spot], apart: int) -> Iterator[bool]:
    """Of each of some spots, best first, whether none of those before it is at most `apart` characters off."""
    taken: dict[str, list[float]] = {}
    for document, at in found:
        near = taken.get(document) or taken.setdefault(document, [-inf, inf])
        place = bisect_left(near, at)
        yield at - near[place - 1] > apart and near[place] - at > apart
        near.insert(place, at)
