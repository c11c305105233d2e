"""Lines that a text shows instead of saying: between fences, or indented below a ``::`` or a directive."""

import re
from collections.abc import Sequence

_FENCE = re.compile(r"\s*(?:[-*>] )*(?:```+|~~~+)\s*(?P<info>\w*)[^`]*$")
_ANNOUNCED = re.compile(r"(?!\s*\.\. ).*::\s*$|\s*\.\. (?:code|code-block|sourcecode|parsed-literal)::")
_CODE = re.compile(r"^\s*(?:[$#>]|\w+ -)|[=({\[;]|\w/\w")


def literal(texts: Sequence[str]) -> list[bool]:
    """Whether each line is shown, fences included; an excerpt may have been cut inside of what is shown."""
    return [
        one or other for one, other in zip(_between_fences(texts), _below_announcements(texts), strict=True)
    ]


def is_fence(text: str) -> bool:
    """Whether a line begins or ends what is shown."""
    return _FENCE.match(text) is not None


def _between_fences(texts: Sequence[str]) -> list[bool]:
    fences = [_FENCE.match(text) for text in texts]
    inside = _begins_inside(texts, [place for place, fence in enumerate(fences) if fence])
    marks: list[bool] = []
    for fence in fences:
        marks.append(inside or fence is not None)
        inside ^= fence is not None
    return marks


def _begins_inside(texts: Sequence[str], places: Sequence[int]) -> bool:
    """Whether the first fence closes: it names no language, and the second one does or code stands above."""
    infos = [bool(fence["info"]) for place in places[:2] if (fence := _FENCE.match(texts[place]))]
    if not infos or infos[0]:
        return False
    above = [text for text in texts[: places[0]] if text.strip()]
    coded = sum(_CODE.search(text) is not None for text in above)
    return infos[1:] == [True] or (len(places) % 2 == 1 and coded > len(above) / 2)


def _below_announcements(texts: Sequence[str]) -> list[bool]:
    """Which lines are indented deeper than the nearest line above that announces something."""
    marks: list[bool] = []
    depth: int | None = None
    for text in texts:
        here = len(text) - len(text.lstrip())
        if depth is not None and text.strip() and here <= depth:
            depth = None
        marks.append(depth is not None)
        if depth is None and _ANNOUNCED.match(text):
            depth = here
    return marks
