"""Who speaks in a transcript: the label that stands before a turn, for every line of it."""

import re
from collections.abc import Sequence

_LABEL = re.compile(r"[ \t>*_]*([A-Z][\w.'()-]*(?: [\w.'()-]+){0,4}):\s")
_MOSTLY = 0.5  # of the lines that are not blank: what has more labels than that is a transcript


def speakers(lines: Sequence[str]) -> list[str]:
    """The label of each line, without its colon; only empty ones when the lines are no transcript."""
    labels = [_label(line) for line in lines]
    written = sum(not line.isspace() for line in lines)
    return labels if sum(map(bool, labels)) > _MOSTLY * written else [""] * len(lines)


def _label(line: str) -> str:
    found = _LABEL.match(line)
    return found[1] if found else ""
