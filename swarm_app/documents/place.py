"""Keeping documents in the shards where they are, so that a change of one reloads one shard."""

from collections.abc import Iterable, Mapping, Sequence

from swarm_app.contracts.documents import Part
from swarm_app.documents.pack import Measured, pack, whole

_SPARE = 1  # shards more than dealing anew would need, before it is done


def place(
    measured: Sequence[Measured], standing: Sequence[Sequence[Part]], capacity: int
) -> list[list[Part]]:
    """What each shard shall hold, the standing ones first and in their order; some may be left with nothing.

    A document that has not changed stays where it is. A changed or new one goes to the first shard of these
    that has room: where it was, where its neighbour in path order is, any. What fits nowhere gets new
    shards. All is dealt anew when that saves more than one shard.
    """
    kept = _Kept(standing, capacity)
    homeless = [each for each in measured if not kept.stays(each)]
    homeless = kept.settle(homeless, measured)
    placed = [*kept.shards, *pack(homeless, capacity)]
    anew = pack(measured, capacity)
    if sum(map(bool, placed)) <= len(anew) + _SPARE:
        return placed
    return [*anew, *([] for _ in range(len(standing) - len(anew)))]


class _Kept:
    """The standing shards, emptied, and filled again with what stays."""

    def __init__(self, standing: Sequence[Sequence[Part]], capacity: int) -> None:
        self.shards: list[list[Part]] = [[] for _ in standing]
        self._room = [capacity] * len(standing)
        self._homes = _homes(standing)

    def stays(self, measured: Measured) -> bool:
        """Keep an unchanged document's parts, if they are all here."""
        document = measured.document
        held = self._homes.get(document.path, [])
        unchanged = {(part.sha256, part.kind) for _, part in held} == {(document.sha256, document.kind)}
        whole = sum(part.end - part.start + 1 for _, part in held) == document.lines
        fits = all(part.tokens <= self._room[shard] for shard, part in held)
        if unchanged and whole and fits:
            for shard, part in held:
                self._put(shard, part)
        return unchanged and whole and fits

    def settle(self, homeless: Iterable[Measured], all_of_them: Sequence[Measured]) -> list[Measured]:
        """Give documents a place where there is room; returns those that get none."""
        before = _before(all_of_them)
        return [each for each in homeless if not self._settled(each, before.get(each.document.path, ""))]

    def _settled(self, measured: Measured, neighbour: str) -> bool:
        if measured.line_tokens:
            return False
        document = measured.document
        liked = [shard for path in (document.path, neighbour) for shard, _ in self._homes.get(path, [])]
        for shard in (*liked, *range(len(self.shards))):
            if document.tokens <= self._room[shard]:
                self._put(shard, whole(document))
                self._homes[document.path] = [(shard, whole(document))]
                return True
        return False

    def _put(self, shard: int, part: Part) -> None:
        self.shards[shard].append(part)
        self._room[shard] -= part.tokens


def _homes(standing: Sequence[Sequence[Part]]) -> dict[str, list[tuple[int, Part]]]:
    """Path -> the shards that hold it, each with its part."""
    homes: dict[str, list[tuple[int, Part]]] = {}
    for shard, parts in enumerate(standing):
        for part in parts:
            homes.setdefault(part.path, []).append((shard, part))
    return homes


def _before(measured: Sequence[Measured]) -> Mapping[str, str]:
    """Path -> the path before it."""
    paths = sorted(each.document.path for each in measured)
    return dict(zip(paths[1:], paths, strict=False))
