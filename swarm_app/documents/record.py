"""A shard's record: what its parts amount to, and the folders that their paths begin in."""

import time
from collections.abc import Iterable, Mapping, Sequence

from swarm_app.contracts.documents import Part, Shard, Skipped


def record(
    name: str, parts: Sequence[Part], capacity: int, roots: Mapping[str, str], skipped: Iterable[Skipped] = ()
) -> Shard:
    """The record of a shard that holds these parts from now on; its version is the store's to give.

    Of ``roots`` (first part of a path -> the folder or file given) it keeps those that a part's path begins
    with. A document that was split counts once, with the lines of it that are here.
    """
    firsts = {part.path.partition("/")[0] for part in parts}
    return Shard(
        name=name,
        capacity=capacity,
        documents=len({part.path for part in parts}),
        lines=sum(part.end - part.start + 1 for part in parts),
        tokens=sum(part.tokens for part in parts),
        roots={first: folder for first, folder in roots.items() if first in firsts},
        loaded_at=time.time(),
        skipped=tuple(skipped),
    )
