"""What `ask` answers, in words: its excerpts, and whether they answer."""

from collections.abc import Sequence

from swarm_app.contracts.documents import Excerpt
from swarm_app.evidence import is_enough

_NEAREST = "Nothing was found that answers this. What came nearest:"


def saying(excerpts: Sequence[Excerpt]) -> list[Excerpt]:
    """The excerpts that say something: a fence or a rule alone, where there is room for no more, does not."""
    return [each for each in excerpts if any(map(str.isalnum, each.text))]


def told(excerpts: Sequence[Excerpt]) -> str:
    """The excerpts with their sources; whether they answer, where they hardly do."""
    shown = [f"{each.path}:{each.start}-{each.end}\n{each.text.strip()}" for each in excerpts]
    if not shown:
        return "Nothing was found."
    return "\n\n".join(shown if is_enough(excerpts) else [_NEAREST, *shown])
