"""What each shard holds: its record, and its parts by path."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import redis
from pydantic import TypeAdapter

from swarm_app.contracts.documents import Part, Shard
from swarm_app.errors import UnknownError
from swarm_app.keys import Keys
from swarm_app.store.connection import Client

_CHUNK = 1_000  # fields in one HSET
_PARTS = TypeAdapter(list[Part])


class Shards:
    """Shards by name. A load replaces a shard's parts in one transaction, or not at all."""

    def __init__(self, client: Client, keys: Keys) -> None:
        self._client = client
        self._keys = keys

    def put(self, shard: Shard, parts: Sequence[Part]) -> tuple[Shard, set[str]]:
        """Store what a shard holds. Returns it with its version, and the sha256s that it no longer holds.

        The version is raised only if the parts, the roots or the capacity are not what they were.
        """
        name = shard.name
        while True:
            with self._client.pipeline() as pipe:
                try:
                    pipe.watch(self._keys.shard(name))
                    before, held = self.find(name), self.parts(name)
                    stored = shard.model_copy(update={"version": before.version if before else 0})
                    if before and held == list(parts) and _same(before, stored):
                        return before, set()
                    stored = stored.model_copy(update={"version": stored.version + 1})
                    pipe.multi()
                    pipe.delete(self._keys.parts(name))
                    for fields in _chunks(parts):
                        pipe.hset(self._keys.parts(name), mapping=fields)
                    pipe.set(self._keys.shard(name), stored.model_dump_json())
                    pipe.sadd(self._keys.shards(), name)
                    pipe.execute()
                except redis.WatchError:
                    continue
            return stored, {part.sha256 for part in held} - {part.sha256 for part in parts}

    def find(self, name: str) -> Shard | None:
        """The shard's record, or None."""
        stored = self._client.get(self._keys.shard(name))
        return Shard.model_validate_json(stored) if stored else None

    def get(self, name: str) -> Shard:
        """The shard's record; raises `UnknownError` with the names there are."""
        return self.several([name])[0]

    def several(self, names: Sequence[str]) -> list[Shard]:
        """The shards' records, in one round trip; raises `UnknownError` with the names there are."""
        stored = self._client.mget([self._keys.shard(name) for name in names]) if names else []
        return [self._known(name, record) for name, record in zip(names, stored, strict=True)]

    def _known(self, name: str, stored: str | None) -> Shard:
        if not stored:
            known = ", ".join(other.name for other in self.all()) or "none is loaded"
            raise UnknownError(
                f"There is no shard {name!r}. Shards: {known}. `swarm shard load {name} PATH` makes it."
            )
        return Shard.model_validate_json(stored)

    def parts(self, name: str) -> list[Part]:
        """What the shard holds, by path and line."""
        stored = self._client.hvals(self._keys.parts(name))
        parts = (part for parts in stored for part in _PARTS.validate_json(parts))
        return sorted(parts, key=lambda part: (part.path, part.start))

    def paths(self, name: str) -> list[str]:
        """The paths of the documents that the shard holds."""
        return sorted(self._client.hkeys(self._keys.parts(name)))

    def versions(self, name: str, paths: Sequence[str]) -> dict[str, str]:
        """The sha256 of each of these documents that the shard holds, by path."""
        if not paths:
            return {}
        stored = self._client.hmget(self._keys.parts(name), list(paths))
        held = zip(paths, stored, strict=True)
        return {path: _PARTS.validate_json(parts)[0].sha256 for path, parts in held if parts}

    def all(self) -> list[Shard]:
        """Every shard, by name."""
        names = sorted(self._client.smembers(self._keys.shards()))
        return [shard for name in names if (shard := self.find(name))]

    def held(self, *, without: str = "") -> set[str]:
        """The sha256s that any shard other than ``without`` holds."""
        return {
            part.sha256 for shard in self.all() if shard.name != without for part in self.parts(shard.name)
        }

    def drop(self, name: str) -> set[str]:
        """Forget the shard; returns the sha256s that it held. Raises `UnknownError`."""
        self.get(name)
        held = {part.sha256 for part in self.parts(name)}
        with self._client.pipeline() as pipe:
            pipe.srem(self._keys.shards(), name)
            pipe.unlink(self._keys.shard(name), self._keys.parts(name), self._keys.words(name))
            pipe.execute()
        return held


def _chunks(parts: Sequence[Part]) -> Iterator[dict[str, str]]:
    """The hash's fields, path -> JSON list of the document's parts, a bounded number at a time."""
    ordered = sorted(parts, key=lambda part: (part.path, part.start))
    fields = [
        (path, _PARTS.dump_json(list(group)).decode())
        for path, group in groupby(ordered, key=lambda part: part.path)
    ]
    for start in range(0, len(fields), _CHUNK):
        yield dict(fields[start : start + _CHUNK])


def _same(one: Shard, other: Shard) -> bool:
    unimportant = {"loaded_at", "skipped"}
    return one.model_dump(exclude=unimportant) == other.model_dump(exclude=unimportant)
