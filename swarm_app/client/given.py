"""What callers give: paths and names, refused at the door where they are of no use."""

from collections.abc import Sequence
from pathlib import Path

from swarm_app.errors import UsageError

Paths = Sequence[str | Path]
EMPTY = "A path is empty. Name a file or a folder; . is the current one."


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
