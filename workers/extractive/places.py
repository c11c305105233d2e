"""The place of a line within its excerpt: the heading, function or class it stands under."""

import re
from bisect import bisect_right
from collections.abc import Callable

from swarm_app.contracts.documents import Excerpt
from workers.extractive.lines import Texture, lines_of

_NAMED = re.compile(r"\s*(?:\w+\s+)*?(?:def|class|function|func|fn|struct|interface)\s+(?P<name>\w+)")


def places(excerpt: Excerpt) -> Callable[[int], str]:
    """From a line's number to the name of the nearest place above it; empty where the excerpt shows none."""
    found = [(line.number, name) for line in lines_of(excerpt) if (name := _name(line.texture, line.text))]
    numbers = [number for number, _ in found]

    def place(number: int) -> str:
        above = bisect_right(numbers, number)
        return found[above - 1][1] if above else ""

    return place


def _name(texture: Texture, text: str) -> str:
    if texture is Texture.HEADING:
        return text.strip("#=-~^* \t")
    named = _NAMED.match(text) if texture is Texture.CODE else None
    return named["name"] if named else ""
