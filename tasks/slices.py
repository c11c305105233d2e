"""Warm slices: lines of documents that this process has read, kept while they are asked for.

A slice belongs to a document version, which never changes. Which version a shard holds is looked up again
after as long as the shard's own nodes may take to follow it, so that a slice is no older than a search's
answer. What is kept is bounded, and lost without harm: the store has it all.
"""

import threading
import time
from typing import NamedTuple

from cachetools import LRUCache

from swarm_app.contracts.documents import Excerpt, Shard
from swarm_app.documents.text import split_lines
from swarm_app.store.nodes import BEAT
from swarm_app.store.store import Store

MOST_CHARS = 4_000_000
MOST_PATHS = 200_000  # of all shards' documents: some 40 MB
_OVERHEAD = 600  # characters that an excerpt without text takes

_Key = tuple[str, str, int, int]


class _Contents(NamedTuple):
    """What a shard holds by its record: the sha256 of each path, last confirmed at a moment (monotonic)."""

    record: Shard | None
    confirmed: float
    sha256s: dict[str, str]


class Slices:
    """Lines of documents out of one store. Safe to share between threads."""

    def __init__(self, store: Store, most_chars: int = MOST_CHARS, most_paths: int = MOST_PATHS) -> None:
        self._store = store
        self._excerpts: LRUCache[_Key, Excerpt] = LRUCache(most_chars, getsizeof=_size)
        self._contents: LRUCache[str, _Contents] = LRUCache(most_paths, getsizeof=_paths)
        self._lock = threading.Lock()

    def version(self, shard: str, path: str) -> str | None:
        """The sha256 of a document that the shard holds, None if it holds none of that path."""
        with self._lock:
            known = self._contents.get(shard)
        if known is None or time.monotonic() - known.confirmed > BEAT:
            known = self._confirmed(shard, known)
        return known.sha256s.get(path)

    def holds(self, path: str, sha256: str, start: int, end: int) -> bool:
        """Whether these lines are kept warm."""
        with self._lock:
            return (path, sha256, start, end) in self._excerpts

    def read(self, path: str, sha256: str, start: int, end: int) -> Excerpt | None:
        """Lines ``start``–``end`` of a document version, cut to what it has; None if it has none of them."""
        key = (path, sha256, start, end)
        with self._lock:
            kept = self._excerpts.get(key)
        if kept is None:
            kept = _cut(self._store, *key)
            if kept is not None:
                self._keep(key, kept)
        return kept

    def lines(self, sha256: str, start: int, end: int) -> list[str] | None:
        """Lines of a document version whose path does not matter, as `LinesReader` has them."""
        found = self.read(sha256, sha256, start, end)
        return split_lines(found.text) if found else None

    @property
    def kept(self) -> int:
        """How much is kept, in characters, with an allowance for each slice."""
        return int(self._excerpts.currsize)

    def _confirmed(self, shard: str, known: _Contents | None) -> _Contents:
        record = self._store.shards.find(shard)
        if known is None or known.record != record:
            held = {part.path: part.sha256 for part in self._store.shards.parts(shard)}
            known = _Contents(record, 0.0, held)
        known = known._replace(confirmed=time.monotonic())
        with self._lock:
            if len(known.sha256s) < self._contents.maxsize:
                self._contents[shard] = known
        return known

    def _keep(self, key: _Key, excerpt: Excerpt) -> None:
        with self._lock:
            if _size(excerpt) <= self._excerpts.maxsize:
                self._excerpts[key] = excerpt


def _size(excerpt: Excerpt) -> int:
    return _OVERHEAD + len(excerpt.text)


def _paths(contents: _Contents) -> int:
    return 1 + len(contents.sha256s)


def _cut(store: Store, path: str, sha256: str, start: int, end: int) -> Excerpt | None:
    found = store.documents.slice(sha256, start, end)
    if found is None:
        return None
    return Excerpt(
        path=path,
        sha256=sha256,
        start=start,
        end=start + found.lines - 1,
        start_char=found.first,
        end_char=found.first + len(found.text),
        text=found.text,
    )
