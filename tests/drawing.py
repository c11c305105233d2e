"""The states as ARCHITECTURE.md draws them."""

import re
from pathlib import Path

_ARCHITECTURE = Path(__file__).parents[1] / "ARCHITECTURE.md"
_BEGINNING = "[*]"


def arrows(title: str) -> set[tuple[str, str]]:
    """The (from, to) of the drawing under ``title``, without those that begin it."""
    text = _ARCHITECTURE.read_text("utf-8").partition(f"\n{title}:\n")[2]
    drawn = re.findall(
        r"^ +(\S+) --> (\w+)", text.partition("```mermaid\n")[2].partition("```")[0], re.MULTILINE
    )
    return {(one, other) for one, other in drawn if one != _BEGINNING}
