"""From paths to shards: documents into the store, and the shards that hold them."""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import count, islice
from pathlib import Path

from swarm_app.client.dropping import under_way
from swarm_app.contracts.documents import Part, Shard
from swarm_app.contracts.step import Step, Watcher
from swarm_app.documents.ingest import Collection, ingest
from swarm_app.documents.pack import pack
from swarm_app.documents.place import place
from swarm_app.documents.record import record
from swarm_app.errors import CapacityError, LostError, UsageError
from swarm_app.settings import Settings
from swarm_app.store.changes import Change
from swarm_app.store.store import Store

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
_TRIES = 10  # readings; documents are lost to other loads, or to an hour that a first reading took


class Loader:
    """Reads paths and stores what shards are to hold. A shard's nodes follow by themselves."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store

    def one(self, name: str, paths: Sequence[Path], capacity: int | None, progress: Watcher | None) -> Shard:
        """Put all of ``paths`` into one shard.

        Raises `UsageError` for a bad name, `DocumentError` when nothing can be read, and `CapacityError` with
        the number of shards needed when it is too much for one.
        """
        if not _NAME.fullmatch(name):
            raise UsageError(f"A shard's name is letters, digits, - and _ (at most 60), not {name!r}.")
        limit = capacity or self._settings.capacity

        def store(collection: Collection) -> list[Shard]:
            parts = _only(name, collection, limit)
            held = record(name, parts, limit, collection.roots, collection.skipped)
            return [self._store.shards.put(held, parts)]

        return self._loaded(paths, limit, progress, store)[0]

    def several(self, paths: Sequence[Path], progress: Watcher | None) -> list[Shard]:
        """Spread ``paths`` over as many shards as they need, named after them.

        The same paths find the same shards again, and a document that has not changed stays in its shard.
        """
        base, capacity = collection_name(paths), self._settings.capacity

        def store(collection: Collection) -> list[Shard]:
            return self._store.shards.load(lambda: self._changes(base, collection, capacity))

        return [shard for shard in self._loaded(paths, capacity, progress, store) if shard.documents]

    def _loaded(
        self,
        paths: Sequence[Path],
        capacity: int,
        progress: Watcher | None,
        store: Callable[[Collection], list[Shard]],
    ) -> list[Shard]:
        """Read and store; again, if a document that was known then is gone when it is to be held."""
        most = self._settings.max_document_bytes
        for tries_left in reversed(range(_TRIES)):
            collection = ingest(
                paths, self._store.documents, capacity=capacity, max_bytes=most, progress=progress
            )
            if progress is not None:
                progress(Step("storing documents", 0, len(collection.documents)))
            try:
                return store(collection)
            except LostError:
                if not tries_left:
                    raise
        raise AssertionError("unreachable")

    def _changes(self, base: str, collection: Collection, capacity: int) -> list[Change]:
        """What becomes of a collection's shards: of all of them, and of the next name, which must be free."""
        look = self._store.shards.snapshot
        before = [look(name) for name in self._names(base)]
        placed = place(collection.measured, [shard.parts for shard in before], capacity)
        free = (name for name in _names(base) if name not in {shard.name for shard in before})
        before += map(look, islice(free, len(placed) + 1 - len(before)))
        kept = set() if all(placed) else self._in_use()
        home = next(number for number, parts in enumerate(placed) if parts)
        changes = [Change(shard) for shard in before]
        for number, (shard, parts) in enumerate(zip(before, placed, strict=False)):
            if parts or shard.name in kept:
                skipped = collection.skipped if number == home else ()
                held = record(shard.name, parts, capacity, collection.roots, skipped)
                changes[number] = Change(shard, held, parts)
        return changes

    def _names(self, base: str) -> list[str]:
        """The names of the shards that these paths have, in the order they were made."""
        names = filter(re.compile(_own(base)).fullmatch, self._store.shards.names())
        return sorted(names, key=lambda name: (len(name), name))

    def _in_use(self) -> set[str]:
        """The shards of runs under way: one that is left with nothing must still answer."""
        return {name for run in under_way(self._store) for name in run.shards}


def _names(base: str) -> Iterator[str]:
    """The names that a collection's shards may have, in order."""
    yield base
    yield from (f"{base}-{number}" for number in count(2))


def collection_name(paths: Sequence[Path]) -> str:
    """The name of the shards made from these paths: the first one's own name and a hash of them all."""
    resolved = sorted(str(path.expanduser().resolve()) for path in paths)
    slug = re.sub(r"[^A-Za-z0-9]+", "-", Path(resolved[0]).name).strip("-").lower()[:30] or "root"
    digest = hashlib.sha256("\n".join(resolved).encode()).hexdigest()
    return f"{slug}-{digest[:6]}"


def is_of_paths(shard: Shard) -> bool:
    """Whether a shard has the name of the paths that it was made of, and not one that somebody gave it.

    One that holds only some of several paths does not know the others, and counts as named.
    """
    paths = [Path(real) for real in shard.roots.values()]
    return bool(paths) and re.fullmatch(_own(collection_name(paths)), shard.name) is not None


def _own(base: str) -> str:
    """The pattern of the names that a collection's shards have."""
    return rf"{re.escape(base)}(-\d+)?"


def _only(name: str, collection: Collection, capacity: int) -> list[Part]:
    shards = pack(collection.measured, capacity)
    if len(shards) > 1:
        raise CapacityError(
            f"Shard {name} holds {capacity:,} tokens, and {collection.tokens:,} were given: "
            f"{len(shards)} shards are needed. Split the paths, raise --capacity, or let "
            "`swarm research QUESTION PATH…` split them by itself."
        )
    return shards[0]
