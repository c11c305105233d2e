"""Documents in the store: content-addressed, written whole, readable by line range in one round trip."""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple
from uuid import uuid4

from redis.client import Pipeline

from swarm_app.contracts.documents import Document
from swarm_app.keys import Keys
from swarm_app.store.connection import Client
from swarm_app.store.scripts import Scripts

_CHUNK = 2_000  # lines in one RPUSH
_MOST_LINES = 2**31  # beyond any document; what models make up may be too large a number for the server
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

    def known(self, sha256s: Sequence[str]) -> dict[str, Document]:
        """Those of these documents that are stored whole, under the paths they were first loaded by."""
        with self._client.pipeline(transaction=False) as pipe:
            for sha256 in sha256s:
                pipe.get(self._keys.document(sha256))
                pipe.exists(self._keys.lines(sha256), self._keys.offsets(sha256))
            answers = pipe.execute()
        found = zip(sha256s, answers[::2], answers[1::2], strict=True)
        return {
            sha256: Document.model_validate_json(stored)
            for sha256, stored, whole in found
            if stored and whole == 2
        }

    def put(self, documents: Iterable[tuple[Document, Sequence[str]]]) -> None:
        """Store documents and their lines (each with its own line ending), all or none; not those there are.

        What no shard holds stays for an hour, until one does: an interrupted load leaves nothing for good.
        """
        with self._client.pipeline() as pipe:
            for document, lines in documents:
                self._put(pipe, document, lines)
            pipe.execute()

    def _put(self, pipe: Pipeline, document: Document, lines: Sequence[str]) -> None:
        """Written under another name first, since a list cannot be written only if it is not there."""
        sha256 = document.sha256
        staging = f"{self._keys.lines(sha256)}:{uuid4().hex}"
        for start in range(0, len(lines), _CHUNK):
            pipe.rpush(staging, *lines[start : start + _CHUNK])
        pipe.expire(staging, _STAGING_TTL)
        keys = (staging, *self._keys_of(sha256), self._keys.holders())
        args = (sha256, _offsets(lines), document.model_dump_json(), _STAGING_TTL)
        self._scripts.shelve(keys=keys, args=args, client=pipe)

    def get(self, sha256: str) -> Document | None:
        """The document of that content, under the path it was first loaded by."""
        stored = self._client.get(self._keys.document(sha256))
        return Document.model_validate_json(stored) if stored else None

    def lines(self, sha256: str, start: int = 1, end: int = -1) -> list[str] | None:
        """Lines ``start``–``end`` (from 1, ends included; -1: to the last); None if there are none."""
        if not 1 <= start <= _MOST_LINES or end == 0:
            return None
        last = min(end, _MOST_LINES) - 1 if end > 0 else -1
        found: list[str] = self._client.lrange(self._keys.lines(sha256), start - 1, last)
        return found or None

    def text(self, sha256: str) -> str | None:
        """All of a document, in one value for thousands of lines; None if it is not there."""
        pieces: list[Slice] = []
        while not pieces or pieces[-1].lines == _CHUNK:
            found = self.slice(sha256, len(pieces) * _CHUNK + 1, (len(pieces) + 1) * _CHUNK)
            if found is None:
                break
            pieces.append(found)
        return "".join(piece.text for piece in pieces) or None

    def slice(self, sha256: str, start: int, end: int) -> Slice | None:
        """Lines ``start``–``end``, cut to what there is, in one round trip; None if there are none."""
        if not 1 <= start <= min(end, _MOST_LINES):
            return None
        keys = [self._keys.lines(sha256), self._keys.offsets(sha256)]
        text, count, offset = self._scripts.slice(keys=keys, args=[start, min(end, _MOST_LINES)])
        return Slice(text, count, int(offset, 16)) if count else None

    def _keys_of(self, sha256: str) -> tuple[str, ...]:
        return self._keys.lines(sha256), self._keys.offsets(sha256), self._keys.document(sha256)


def _offsets(lines: Sequence[str]) -> str:
    return "".join(f"{offset:0{_DIGITS}x}" for offset in accumulate(map(len, lines[:-1]), initial=0))
