"""From paths to shards: documents into the store, and the shards that hold them."""

import hashlib
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from swarm_app.contracts.documents import Part, Shard
from swarm_app.documents.ingest import Collection, ingest
from swarm_app.errors import CapacityError, UsageError
from swarm_app.settings import Settings
from swarm_app.store.store import Store

Watcher = Callable[[int, int, str], None]  # documents done, documents in all, path

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


class Loader:
    """Reads paths and stores what shards are to hold. A shard's nodes follow by themselves."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings = settings
        self._store = store

    def one(self, name: str, paths: Sequence[Path], capacity: int | None, watch: Watcher | None) -> Shard:
        """Put all of ``paths`` into one shard.

        Raises `UsageError` for a bad name, `DocumentError` when nothing can be read, and `CapacityError` with
        the number of shards needed when it is too much for one.
        """
        if not _NAME.fullmatch(name):
            raise UsageError(f"A shard's name is letters, digits, - and _ (at most 60), not {name!r}.")
        limit = capacity or self._settings.capacity
        collection = self._read(paths, limit, watch)
        if len(collection.shards) > 1:
            raise CapacityError(
                f"Shard {name} holds {limit:,} tokens, and {collection.tokens:,} were given: "
                f"{len(collection.shards)} shards are needed. Split the paths, raise --capacity, or let "
                "`swarm research QUESTION PATH…` split them by itself."
            )
        return self._store_shards(collection, [name], limit)[0]

    def several(self, paths: Sequence[Path], watch: Watcher | None) -> list[Shard]:
        """Spread ``paths`` over as many shards as they need, named after them.

        The same paths find the same shards again; only documents that changed are stored again.
        """
        collection = self._read(paths, self._settings.capacity, watch)
        base = collection_name(paths)
        count = len(collection.shards)
        names = [base] if count == 1 else [f"{base}-{number}" for number in range(1, count + 1)]
        shards = self._store_shards(collection, names, self._settings.capacity)
        for shard in self._store.shards.all():
            if re.fullmatch(rf"{re.escape(base)}(-\d+)?", shard.name) and shard.name not in names:
                self.drop(shard.name)
        return shards

    def drop(self, name: str) -> None:
        """Forget a shard, and its documents unless another shard holds them or a stored run may cite them."""
        self._forget(self._store.shards.drop(name))

    def _read(self, paths: Sequence[Path], capacity: int, watch: Watcher | None) -> Collection:
        return ingest(paths, capacity=capacity, max_bytes=self._settings.max_document_bytes, progress=watch)

    def _store_shards(self, collection: Collection, names: Sequence[str], capacity: int) -> list[Shard]:
        for text in collection.texts:
            self._store.documents.put(text.document, text.lines)
        made = []
        for place, (name, parts) in enumerate(zip(names, collection.shards, strict=True)):
            shard = _record(name, parts, capacity, collection, with_skipped=place == 0)
            stored, gone = self._store.shards.put(shard, parts)
            self._store.documents.keep({part.sha256 for part in parts})
            self._forget(gone)
            made.append(stored)
        return made

    def _forget(self, sha256s: set[str]) -> None:
        loose = sha256s - self._store.shards.held()
        remembered = bool(self._store.runs.latest(limit=1))
        self._store.documents.forget(sorted(loose), self._settings.run_ttl if remembered else 0)


def collection_name(paths: Sequence[Path]) -> str:
    """The name of the shards made from these paths: the first one's own name and a hash of them all."""
    resolved = sorted(str(path.expanduser().resolve()) for path in paths)
    slug = re.sub(r"[^A-Za-z0-9]+", "-", Path(resolved[0]).name).strip("-").lower()[:30] or "root"
    digest = hashlib.sha256("\n".join(resolved).encode()).hexdigest()
    return f"{slug}-{digest[:6]}"


def _record(
    name: str, parts: Sequence[Part], capacity: int, collection: Collection, *, with_skipped: bool
) -> Shard:
    firsts = {part.path.partition("/")[0] for part in parts}
    return Shard(
        name=name,
        capacity=capacity,
        documents=len({part.path for part in parts}),
        lines=sum(part.end - part.start + 1 for part in parts),
        tokens=sum(part.tokens for part in parts),
        roots={first: str(folder) for first, folder in collection.roots.items() if first in firsts},
        loaded_at=time.time(),
        skipped=tuple(collection.skipped) if with_skipped else (),
    )
