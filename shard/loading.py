"""From the store into memory: a shard's parts, with their lines, into its context."""

from collections.abc import Callable, Iterator, Sequence

from shard.context import Loaded, ShardContext
from swarm_app.contracts.documents import Part, Shard
from swarm_app.documents.visible import visible
from swarm_app.errors import LostError
from swarm_app.settings import current
from swarm_app.store.changes import Snapshot
from swarm_app.store.store import Store

_AROUND = 30  # lines: at least half a page of segments

Watcher = Callable[[int, int], None]  # parts done, in all; one is done when it was read and indexed


def load(name: str, store: Store, watch: Watcher) -> tuple[Shard, ShardContext]:
    """A shard's record, and a new context that holds what the store says the shard holds at that version.

    Raises `LostError` for lost lines.
    """
    while True:
        snapshot = store.shards.snapshot(name)
        try:
            context = _context(snapshot, store, watch)
        except LostError:
            if store.shards.snapshot(name).stored == snapshot.stored:
                raise
        else:
            return snapshot.shard or Shard(name=name, capacity=current().capacity), context


def _context(snapshot: Snapshot, store: Store, watch: Watcher) -> ShardContext:
    count = len(snapshot.parts)
    context = ShardContext(snapshot.name)
    read = _parts(snapshot.name, snapshot.parts, store, lambda done: watch(done // 2, count))
    context.load(read, lambda done: watch((count + done) // 2, count))
    return context


def _parts(name: str, parts: Sequence[Part], store: Store, watch: Callable[[int], None]) -> Iterator[Loaded]:
    for done, part in enumerate(parts):
        watch(done)
        lines = store.documents.lines(part.sha256)
        if lines is None:
            raise LostError(
                f"The store has lost {part.path} of shard {name}: `swarm shard load {name} PATH…` loads it."
            )
        yield loaded(part, lines)


def loaded(part: Part, lines: Sequence[str]) -> Loaded:
    """A part as a context loads it, out of all `lines` of its document."""
    seen = visible(part.kind, lines)
    own = slice(part.start - 1, part.end)
    around = seen[max(0, own.start - _AROUND) : own.start], seen[own.stop : own.stop + _AROUND]
    return part, lines[own], seen[own], sum(map(len, lines[: own.start])), around
