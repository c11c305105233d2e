"""What each shard holds: its record, and its parts by path."""

import json
from collections.abc import Callable, Sequence

from swarm_app.contracts.documents import Part, Shard
from swarm_app.errors import LostError, UnknownError
from swarm_app.keys import Keys
from swarm_app.store.changes import PARTS, Change, Snapshot, ordered
from swarm_app.store.connection import Client
from swarm_app.store.scripts import Scripts

_SHOWN = 3  # how many lost documents an error names


class Shards:
    """Shards by name. A load replaces what several of them hold in one step, or not at all."""

    def __init__(self, client: Client, keys: Keys, scripts: Scripts, run_ttl: int) -> None:
        self._client = client
        self._keys = keys
        self._scripts = scripts
        self._ttl = run_ttl

    def load(self, make: Callable[[], Sequence[Change]]) -> list[Shard]:
        """Change shards all at once, and return those that there are then, in the order of the changes.

        `make` looks at them (`snapshot`) and says what they shall be; it is asked again if somebody else
        changed one of them meanwhile. A shard's version is raised only if its parts, roots or capacity are
        others. What no shard holds any more stays for `run_ttl` if a stored run may cite it. Raises
        `LostError` if a part's document is not in the store; then nothing is changed.
        """
        while True:
            changes = list(make())
            if self._store(changes):
                return [record for change in changes if (record := change.record)]

    def put(self, shard: Shard, parts: Sequence[Part]) -> Shard:
        """Store what one shard holds, and return it with its version; as `load`."""
        return self.load(lambda: [Change(self.snapshot(shard.name), shard, parts)])[0]

    def snapshot(self, name: str) -> Snapshot:
        """A shard's record and parts, which belong together."""
        with self._client.pipeline() as pipe:
            pipe.get(self._keys.shard(name))
            pipe.get(self._keys.last_version(name))
            pipe.hvals(self._keys.parts(name))
            stored, last, parts = pipe.execute()
        version = Shard.model_validate_json(stored).version if stored else int(last or 0)
        held = ordered(part for several in parts for part in PARTS.validate_json(several))
        return Snapshot(name=name, stored=stored or "", version=version, parts=tuple(held))

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
        return list(self.snapshot(name).parts)

    def paths(self, name: str) -> list[str]:
        """The paths of the documents that the shard holds."""
        return sorted(self._client.hkeys(self._keys.parts(name)))

    def versions(self, name: str, paths: Sequence[str]) -> dict[str, str]:
        """The sha256 of each of these documents that the shard holds, by path."""
        if not paths:
            return {}
        stored = self._client.hmget(self._keys.parts(name), list(paths))
        held = zip(paths, stored, strict=True)
        return {path: PARTS.validate_json(parts)[0].sha256 for path, parts in held if parts}

    def names(self) -> list[str]:
        """Every shard's name, in order."""
        return sorted(self._client.smembers(self._keys.shards()))

    def all(self) -> list[Shard]:
        """Every shard, by name."""
        return [shard for name in self.names() if (shard := self.find(name))]

    def drop(self, name: str) -> None:
        """Forget the shard, and its documents unless another shard holds them. Raises `UnknownError`."""
        self.get(name)
        self.load(lambda: [Change(self.snapshot(name))])

    def _store(self, changes: Sequence[Change]) -> bool:
        """Whether the changes were made: False if a shard is not what it was."""
        keys, names = self._keys, [change.before.name for change in changes]
        patterns = json.dumps([keys.document("%s"), keys.lines("%s"), keys.offsets("%s")])
        kinds = (keys.shard, keys.parts, keys.last_version, keys.words)
        of_shards = [key(name) for name in names for key in kinds]
        outcome, *lost = self._scripts.load(
            keys=[keys.shards(), keys.holders(), keys.runs(), *of_shards],
            args=[patterns, self._ttl, *(change.dump() for change in changes)],
        )
        if outcome == "lost":
            shown = ", ".join(lost[:_SHOWN]) + (", …" if len(lost) > _SHOWN else "")
            raise LostError(f"The store has lost {len(lost):,} documents ({shown}). Load the paths again.")
        return bool(outcome == "stored")
