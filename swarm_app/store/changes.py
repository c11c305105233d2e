"""What a load changes in one shard: the difference between what it holds and what it shall hold."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from pydantic import TypeAdapter

from swarm_app.contracts.documents import Part, Shard

PARTS = TypeAdapter(list[Part])


@dataclass(frozen=True)
class Snapshot:
    """A shard as the store had it at one moment."""

    name: str
    stored: str  # JSON of its record, "" for none
    version: int  # its own; without a record, that of the last shard of this name, or 0
    parts: tuple[Part, ...]  # by path and line

    @property
    def shard(self) -> Shard | None:
        """Its record, or None."""
        return Shard.model_validate_json(self.stored) if self.stored else None


@dataclass(frozen=True)
class Change:
    """What a shard shall be; `shard` None drops it."""

    before: Snapshot
    shard: Shard | None = None
    parts: Sequence[Part] = ()

    @property
    def record(self) -> Shard | None:
        """What is stored of the shard: a version more, if the parts, the roots or the capacity are others."""
        old = self.before.shard
        if self.shard is None:
            return None
        if old and ordered(self.parts) == list(self.before.parts) and _same(old, self.shard):
            return old.model_copy(update={"skipped": self.shard.skipped})
        return self.shard.model_copy(update={"version": self.before.version + 1})

    def dump(self) -> str:
        """The change as `load.lua` reads it."""
        before = self.before
        record = self.record.model_dump_json() if self.record else ""
        held, kept = ({part.sha256 for part in parts} for parts in (before.parts, self.parts))
        old, new = _fields(before.parts), _fields(self.parts)
        put = [text for path, parts in new.items() if old.get(path) != parts for text in (path, parts)]
        return json.dumps(
            {
                "name": before.name,
                "before": before.stored,
                "record": None if record == before.stored else record,
                "version": before.version,
                "put": put,
                "removed": sorted(old.keys() - new.keys()),
                "gained": sorted(kept - held),
                "lost": sorted(held - kept),
            }
        )


def ordered(parts: Iterable[Part]) -> list[Part]:
    """Parts by path and line."""
    return sorted(parts, key=lambda part: (part.path, part.start))


def _fields(parts: Iterable[Part]) -> dict[str, str]:
    """The hash's fields: path -> JSON list of the document's parts."""
    grouped = groupby(ordered(parts), key=lambda part: part.path)
    return {path: PARTS.dump_json(list(group)).decode() for path, group in grouped}


def _same(one: Shard, other: Shard) -> bool:
    unimportant = {"version", "loaded_at", "skipped"}
    return one.model_dump(exclude=unimportant) == other.model_dump(exclude=unimportant)
