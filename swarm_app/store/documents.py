"""Documents in the store: content-addressed, written whole, readable by line range in one round trip."""

from collections.abc import Sequence
from uuid import uuid4

from swarm_app.contracts.documents import Document
from swarm_app.keys import Keys
from swarm_app.store.connection import Client

_CHUNK = 2_000  # lines in one RPUSH
_STAGING_TTL = 3_600  # what an interrupted write leaves behind is gone after an hour


class Documents:
    """One version of a file is stored once, however many shards hold it."""

    def __init__(self, client: Client, keys: Keys) -> None:
        self._client = client
        self._keys = keys

    def put(self, document: Document, lines: Sequence[str]) -> None:
        """Store a document and its lines (each with its own line ending), or keep the copy that is there."""
        target = self._keys.lines(document.sha256)
        if self._client.exists(target):
            self._persist(document)
            return
        staging = f"{target}:{uuid4().hex}"
        with self._client.pipeline(transaction=False) as pipe:
            for start in range(0, len(lines), _CHUNK):
                pipe.rpush(staging, *lines[start : start + _CHUNK])
                pipe.expire(staging, _STAGING_TTL)
            pipe.execute()
        with self._client.pipeline() as pipe:
            pipe.rename(staging, target)
            pipe.persist(target)
            pipe.set(self._keys.document(document.sha256), document.model_dump_json())
            pipe.execute()

    def _persist(self, document: Document) -> None:
        with self._client.pipeline() as pipe:
            pipe.persist(self._keys.lines(document.sha256))
            pipe.set(self._keys.document(document.sha256), document.model_dump_json())
            pipe.execute()

    def get(self, sha256: str) -> Document | None:
        """The document of that content, under the path it was last loaded by."""
        stored = self._client.get(self._keys.document(sha256))
        return Document.model_validate_json(stored) if stored else None

    def lines(self, sha256: str, start: int = 1, end: int = -1) -> list[str] | None:
        """Lines ``start``–``end`` (from 1, ends included; -1: to the last); None if there are none."""
        if start < 1 or end == 0:
            return None
        found: list[str] = self._client.lrange(
            self._keys.lines(sha256), start - 1, end - 1 if end > 0 else -1
        )
        return found or None

    def forget(self, sha256s: Sequence[str], after: int) -> None:
        """Let documents that no shard holds any more go ``after`` seconds (0: now)."""
        with self._client.pipeline(transaction=False) as pipe:
            for sha256 in sha256s:
                for key in (self._keys.lines(sha256), self._keys.document(sha256)):
                    pipe.expire(key, after) if after else pipe.unlink(key)
            pipe.execute()
