"""Documents in the store: content-addressed, written whole, readable by line range in one round trip."""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple
from uuid import uuid4

from swarm_app.contracts.documents import Document
from swarm_app.keys import Keys
from swarm_app.store.connection import Client
from swarm_app.store.scripts import Scripts

_CHUNK = 2_000  # lines in one RPUSH
_DIGITS = 8  # of an offset, hexadecimal: documents of up to 4 G characters
_STAGING_TTL = 3_600  # seconds; what an interrupted load leaves behind is gone then


class Slice(NamedTuple):
    """Consecutive lines of a document: their text, their number, the offset of their first character."""

    text: str
    lines: int
    first: int


class Documents:
    """One version of a file is stored once, however many shards hold it."""

    def __init__(self, client: Client, keys: Keys, scripts: Scripts) -> None:
        self._client = client
        self._keys = keys
        self._scripts = scripts

    def put(self, document: Document, lines: Sequence[str]) -> None:
        """Store a document and its lines (each with its own line ending), unless it is there.

        For an hour, until `keep` is told that a shard holds it: an interrupted load leaves nothing for good.
        """
        target = self._keys.lines(document.sha256)
        if self._client.exists(target):
            return
        staging = f"{target}:{uuid4().hex}"
        with self._client.pipeline(transaction=False) as pipe:
            for start in range(0, len(lines), _CHUNK):
                pipe.rpush(staging, *lines[start : start + _CHUNK])
                pipe.expire(staging, _STAGING_TTL)
            pipe.execute()
        with self._client.pipeline() as pipe:
            pipe.rename(staging, target)
            pipe.set(self._keys.offsets(document.sha256), _offsets(lines), ex=_STAGING_TTL)
            pipe.set(self._keys.document(document.sha256), document.model_dump_json(), ex=_STAGING_TTL)
            pipe.execute()

    def keep(self, sha256s: Iterable[str]) -> None:
        """Keep documents that a shard holds for good."""
        with self._client.pipeline() as pipe:
            for sha256 in sha256s:
                for key in self._keys_of(sha256):
                    pipe.persist(key)
            pipe.execute()

    def get(self, sha256: str) -> Document | None:
        """The document of that content, under the path it was last loaded by."""
        stored = self._client.get(self._keys.document(sha256))
        return Document.model_validate_json(stored) if stored else None

    def lost(self, sha256s: Iterable[str]) -> set[str]:
        """Those of these documents that the store does not have."""
        asked = list(sha256s)
        with self._client.pipeline(transaction=False) as pipe:
            for sha256 in asked:
                pipe.exists(self._keys.lines(sha256))
            there = pipe.execute()
        return {sha256 for sha256, found in zip(asked, there, strict=True) if not found}

    def lines(self, sha256: str, start: int = 1, end: int = -1) -> list[str] | None:
        """Lines ``start``–``end`` (from 1, ends included; -1: to the last); None if there are none."""
        if start < 1 or end == 0:
            return None
        found: list[str] = self._client.lrange(
            self._keys.lines(sha256), start - 1, end - 1 if end > 0 else -1
        )
        return found or None

    def slice(self, sha256: str, start: int, end: int) -> Slice | None:
        """Lines ``start``–``end``, cut to what there is, in one round trip; None if there are none."""
        if not 1 <= start <= end:
            return None
        keys = [self._keys.lines(sha256), self._keys.offsets(sha256)]
        text, count, offset = self._scripts.slice(keys=keys, args=[start, end])
        return Slice(text, count, int(offset, 16)) if count else None

    def forget(self, sha256s: Sequence[str], after: int) -> None:
        """Let documents that no shard holds any more go ``after`` seconds (0: now)."""
        with self._client.pipeline(transaction=False) as pipe:
            for sha256 in sha256s:
                for key in self._keys_of(sha256):
                    pipe.expire(key, after) if after else pipe.unlink(key)
            pipe.execute()

    def _keys_of(self, sha256: str) -> tuple[str, ...]:
        return self._keys.lines(sha256), self._keys.offsets(sha256), self._keys.document(sha256)


def _offsets(lines: Sequence[str]) -> str:
    return "".join(f"{offset:0{_DIGITS}x}" for offset in accumulate(map(len, lines[:-1]), initial=0))
