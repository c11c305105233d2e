"""Into memory: a shard's parts out of the store, or what this host has saved of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from logging import getLogger

from shard.context import Loaded, ShardContext
from shard.entries import Around
from shard.saved import Saved
from swarm_app.contracts.documents import Part, Shard
from swarm_app.documents.columns import columns
from swarm_app.documents.text import split_lines
from swarm_app.documents.visible import visible
from swarm_app.errors import LostError
from swarm_app.settings import current
from swarm_app.store.changes import Snapshot
from swarm_app.store.store import Store

logger = getLogger(__name__)

_AROUND_LINES = 150  # at least half a page of segments, also where one is several lines of code
_AROUND_CHARS = 20_000  # or as much as is more than that, where lines are long

Watcher = Callable[[int, int], None]  # parts done, in all; one is done when it was read and indexed


def _nobody(done: int, of: int) -> None:
    """Nobody watches."""


def load(
    name: str, store: Store, watch: Watcher = _nobody, saved: Saved | None = None
) -> tuple[Shard, ShardContext]:
    """A shard's record, and a new context that holds what the store says the shard holds at that version.

    What was ``saved`` on this host is taken as it is, and what was not is saved. The store knows the shard's
    words afterwards. Raises `LostError` for lost lines.
    """
    while True:
        snapshot = store.shards.snapshot(name)
        try:
            context = _context(snapshot, store, watch, saved)
        except LostError:
            if store.shards.snapshot(name).stored == snapshot.stored:
                raise
        else:
            return snapshot.shard or Shard(name=name, capacity=current().capacity), context


def loaded(part: Part, lines: Sequence[str]) -> Loaded:
    """A part as a context loads it, out of all `lines` of its document."""
    seen = visible(part.kind, lines)
    own = slice(part.start - 1, part.end)
    before = _near(reversed(seen[max(0, own.start - _AROUND_LINES) : own.start]))[::-1]
    after = _near(seen[own.stop : own.stop + _AROUND_LINES])
    named = columns(part.path, lines[0]) if part.kind == "csv" else []
    return part, lines[own], seen[own], sum(map(len, lines[: own.start])), Around(before, after, named)


def _near(lines: Iterable[str]) -> list[str]:
    """The first of the lines, until an index sees no more of them across the end of a part."""
    taken: list[str] = []
    chars = 0
    for line in lines:
        if chars < _AROUND_CHARS:
            taken.append(line)
            chars += len(line)
    return taken


def _context(snapshot: Snapshot, store: Store, watch: Watcher, saved: Saved | None) -> ShardContext:
    restored = _restored(snapshot, store, saved) if saved else None
    context = restored or _made(snapshot, store, watch, saved)
    if snapshot.stored and not (restored and _is_known(restored, store)):
        store.words.put(snapshot.name, snapshot.version, *context.vocabulary())
    return context


def _is_known(context: ShardContext, store: Store) -> bool:
    """Whether the store has this shard's words: it may be another store than when they were saved."""
    known = store.words.find([context.name], [])
    return bool(known) and known[0][0] == context.segments


def _restored(snapshot: Snapshot, store: Store, saved: Saved) -> ShardContext | None:
    place = saved.place(snapshot.name, snapshot.parts)
    if not saved.is_whole(place):
        return None
    _check(snapshot, store)
    context = ShardContext(snapshot.name)
    try:
        context.restore(place)
    except (OSError, ValueError) as error:
        logger.warning("shard %s: what is saved in %s is of no use: %s", snapshot.name, place, error)
        return None
    return context if context.parts == list(snapshot.parts) else None


def _made(snapshot: Snapshot, store: Store, watch: Watcher, saved: Saved | None) -> ShardContext:
    context = ShardContext(snapshot.name)
    if saved and not snapshot.parts:
        saved.forget(snapshot.name)
    try:
        if saved and snapshot.parts:
            with saved.writing(saved.place(snapshot.name, snapshot.parts)) as folder:
                context.load(_parts(snapshot, store, watch), folder)
            return context
    except (OSError, ValueError) as error:
        logger.warning("shard %s cannot save its index, and will start slowly: %s", snapshot.name, error)
    context.load(_parts(snapshot, store, watch))
    return context


def _parts(snapshot: Snapshot, store: Store, watch: Watcher) -> Iterator[Loaded]:
    for done, part in enumerate(snapshot.parts):
        watch(done, len(snapshot.parts))
        text = store.documents.text(part.sha256)
        if text is None:
            raise _lost(snapshot.name, part.path)
        yield loaded(part, split_lines(text))


def _check(snapshot: Snapshot, store: Store) -> None:
    """Raises `LostError` for a document that is saved here, and gone from the store that cites it."""
    known = store.documents.known(list({part.sha256 for part in snapshot.parts}))
    for part in snapshot.parts:
        if part.sha256 not in known:
            raise _lost(snapshot.name, part.path)


def _lost(name: str, path: str) -> LostError:
    return LostError(f"The store has lost {path} of shard {name}: `swarm shard load {name} PATH…` loads it.")
