"""From the store into memory: a shard's parts, with their lines, into its context."""

from collections.abc import Iterator, Sequence

from shard.context import Loaded, ShardContext
from swarm_app.contracts.documents import Part
from swarm_app.documents.visible import visible
from swarm_app.errors import DocumentError
from swarm_app.store.store import Store

_AROUND = 30  # lines: at least half a page of segments


def load(name: str, store: Store) -> ShardContext:
    """A new context that holds what the store says the shard holds. Raises `DocumentError` for lost lines."""
    context = ShardContext(name)
    context.load(_parts(name, store))
    return context


def _parts(name: str, store: Store) -> Iterator[Loaded]:
    for part in store.shards.parts(name):
        lines = store.documents.lines(part.sha256)
        if lines is None:
            raise DocumentError(
                f"The store has lost {part.path} of shard {name}: `swarm shard load {name} PATH…` loads it."
            )
        yield loaded(part, lines)


def loaded(part: Part, lines: Sequence[str]) -> Loaded:
    """A part as a context loads it, out of all `lines` of its document."""
    seen = visible(part.kind, lines)
    own = slice(part.start - 1, part.end)
    around = seen[max(0, own.start - _AROUND) : own.start], seen[own.stop : own.stop + _AROUND]
    return part, lines[own], seen[own], sum(map(len, lines[: own.start])), around
