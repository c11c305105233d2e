"""From the store into memory: a shard's parts, with their lines, into its context."""

from collections.abc import Iterator

from shard.context import ShardContext
from swarm_app.contracts.documents import Part
from swarm_app.documents.visible import visible
from swarm_app.errors import DocumentError
from swarm_app.store.store import Store


def load(name: str, store: Store) -> ShardContext:
    """A new context that holds what the store says the shard holds. Raises `DocumentError` for lost lines."""
    context = ShardContext(name)
    context.load(_parts(name, store))
    return context


def _parts(name: str, store: Store) -> Iterator[tuple[Part, list[str], list[str], int]]:
    """Each part with its lines, the same lines as an index should see them, and its first character."""
    for part in store.shards.parts(name):
        lines = store.documents.lines(part.sha256)
        if lines is None:
            raise DocumentError(
                f"The store has lost {part.path} of shard {name}: `swarm shard load {name} PATH…` loads it."
            )
        own = slice(part.start - 1, part.end)
        yield part, lines[own], visible(part.kind, lines)[own], sum(map(len, lines[: own.start]))
