"""What callers give: paths, names and limits, refused at the door where they are of no use."""

from collections.abc import Sequence
from pathlib import Path

from swarm_app.errors import UsageError

Paths = Sequence[str | Path]
EMPTY = "A path is empty. Name a file or a folder; . is the current one."

_WHOLE = {"max_briefs", "budget_tokens", "tokens", "capacity"}
_MOST = 1_000_000_000  # a list's entries


def paths_of(given: Paths) -> list[Path]:
    """One path or several. Raises `UsageError` for an empty one, which would be the current folder."""
    several = [given] if isinstance(given, str | Path) else list(given)
    for path in several:
        if not isinstance(path, str | Path):
            raise UsageError(f"A path is text or a pathlib.Path, not {path!r}.")
        if isinstance(path, str) and not path.strip():
            raise UsageError(EMPTY)
    return [Path(path) for path in several]


def names_of(given: Sequence[str]) -> list[str]:
    """One shard's name or several, each once, in order."""
    return list(dict.fromkeys([given] if isinstance(given, str) else given))


def words_of(**given: str) -> None:
    """Raise `UsageError` for the first of these arguments that is not text."""
    for name, text in given.items():
        if not isinstance(text, str):
            raise UsageError(f"{name} is text, not {text!r}.")


def limits_of(**given: float | None) -> None:
    """Raise `UsageError` for the first of these limits that is no number above 0; None is no limit."""
    for name, limit in given.items():
        whole = name in _WHOLE
        number = isinstance(limit, int if whole else int | float) and not isinstance(limit, bool)
        if limit is not None and not (number and 0 < limit < float("inf")):
            raise UsageError(f"{name} is a {'whole ' * whole}number above 0, not {limit!r}.")


def page_of(limit: int, offset: int) -> None:
    """Raise `UsageError` for what is no page of a list."""
    if not (0 < limit <= _MOST and 0 <= offset <= _MOST):
        raise UsageError(f"A page has a limit of 1 to {_MOST:,}, and an offset of 0 to {_MOST:,}.")
