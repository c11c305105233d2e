"""Into memory: a shard's parts out of the store, or what this host has saved of them."""

from collections.abc import Iterator, Sequence
from logging import getLogger

from shard.context import Loaded, ShardContext
from shard.saved import Saved
from swarm_app.contracts.documents import Part
from swarm_app.documents.visible import visible
from swarm_app.errors import DocumentError
from swarm_app.store.store import Store

logger = getLogger(__name__)

_AROUND = 30  # lines: at least half a page of segments


def load(name: str, store: Store, saved: Saved | None = None) -> ShardContext:
    """A new context that holds what the store says the shard holds, its words known to the other shards.

    What was ``saved`` on this host is taken as it is, and what was not is saved. Raises `DocumentError` for
    lost lines.
    """
    parts = store.shards.parts(name)
    _check(name, parts, store)
    restored = _restored(name, parts, saved) if saved else None
    context = restored or _made(name, parts, store, saved)
    if not (restored and _is_known(restored, store)):
        store.words.put(name, *context.vocabulary())
    return context


def loaded(part: Part, lines: Sequence[str]) -> Loaded:
    """A part as a context loads it, out of all `lines` of its document."""
    seen = visible(part.kind, lines)
    own = slice(part.start - 1, part.end)
    around = seen[max(0, own.start - _AROUND) : own.start], seen[own.stop : own.stop + _AROUND]
    return part, lines[own], seen[own], sum(map(len, lines[: own.start])), around


def _is_known(context: ShardContext, store: Store) -> bool:
    """Whether the store has this shard's words: it may be another store than when they were saved."""
    known = store.words.find([context.name], [])
    return bool(known) and known[0][0] == context.segments


def _check(name: str, parts: Sequence[Part], store: Store) -> None:
    lost = store.documents.lost({part.sha256 for part in parts})
    if path := next((part.path for part in parts if part.sha256 in lost), None):
        raise _lost(name, path)


def _lost(name: str, path: str) -> DocumentError:
    return DocumentError(
        f"The store has lost {path} of shard {name}: `swarm shard load {name} PATH…` loads it."
    )


def _restored(name: str, parts: Sequence[Part], saved: Saved) -> ShardContext | None:
    place = saved.place(name, parts)
    if not saved.is_whole(place):
        return None
    context = ShardContext(name)
    try:
        context.restore(place)
    except (OSError, ValueError) as error:
        logger.warning("shard %s: what is saved in %s is of no use: %s", name, place, error)
        return None
    return context if context.parts == parts else None


def _made(name: str, parts: Sequence[Part], store: Store, saved: Saved | None) -> ShardContext:
    context = ShardContext(name)
    try:
        if saved and parts:
            place = saved.place(name, parts)
            with saved.writing(place) as folder:
                context.load(_loaded(name, parts, store), folder)
            return context
    except (OSError, ValueError) as error:
        logger.warning("shard %s cannot save its index, and will start slowly: %s", name, error)
    context.load(_loaded(name, parts, store))
    return context


def _loaded(name: str, parts: Sequence[Part], store: Store) -> Iterator[Loaded]:
    for part in parts:
        lines = store.documents.lines(part.sha256)
        if lines is None:
            raise _lost(name, part.path)
        yield loaded(part, lines)
