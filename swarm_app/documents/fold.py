"""Naming what was skipped: every file, or whole folders where there are very many."""

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

from swarm_app.contracts.documents import Skipped

MOST = 1_000  # names that a shard's record carries, and every run over it


def fold(skipped: Sequence[Skipped], most: int = MOST) -> tuple[Skipped, ...]:
    """What was skipped, by path; more than `most` are told by folder and reason, with their number.

    The deepest folders are named that keep to `most`; reasons are then told without what differs from file to
    file ("too large").
    """
    named = sorted(skipped, key=lambda each: each.path)
    depth = max((len(PurePosixPath(each.path).parts) for each in named), default=0)
    while len(named) > most and depth > 1:
        depth -= 1
        named = _by_folder(skipped, depth)
    return tuple(named)


def _by_folder(skipped: Sequence[Skipped], depth: int) -> list[Skipped]:
    """One for each folder of at most `depth` parts and each reason; one that stands alone keeps its name."""
    counts = Counter(_group(each, depth) for each in skipped)
    alone = {_group(each, depth): each for each in skipped}
    return sorted(
        (
            alone[group] if count == 1 else Skipped(path=group[0], reason=f"{count:,} files: {group[1]}")
            for group, count in counts.items()
        ),
        key=lambda each: each.path,
    )


def _group(skipped: Skipped, depth: int) -> tuple[str, str]:
    parts = PurePosixPath(skipped.path).parts[:-1][:depth]
    return "/".join(parts) + "/", skipped.reason.partition(":")[0]
