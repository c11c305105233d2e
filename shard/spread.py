"""Which of what was found is shown first: the best of each place, before more of any.

What answers best in one place is often not the place that was asked for. So a reader is shown the best of
each, as far as a budget goes, and then what else is good.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

Spot = tuple[str, int]
"""A document and a character of it."""


def leading(found: Iterable[Spot], apart: int) -> Iterator[bool]:
    """Of each of some spots, best first, whether none of those before it is at most `apart` characters off."""
    taken: dict[str, list[int]] = {}
    for document, at in found:
        near = taken.setdefault(document, [])
        place = bisect_left(near, at)
        yield all(abs(other - at) > apart for other in near[max(0, place - 1) : place + 1])
        near.insert(place, at)
