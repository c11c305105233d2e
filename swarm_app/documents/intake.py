"""Reading many files with little memory: what is known by its content is not parsed again."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from swarm_app.contracts.documents import Document, Skipped
from swarm_app.documents.content import content_of
from swarm_app.documents.kinds import kind_of
from swarm_app.documents.pack import Measured, measure
from swarm_app.documents.read import parse
from swarm_app.documents.text import Text
from swarm_app.documents.walk import File
from swarm_app.errors import DocumentError

_MOST_BYTES = 8_000_000  # read and not yet parsed; a larger file waits for nobody
_MOST_FILES = 500


class Library(Protocol):
    """What keeps documents by their content."""

    def known(self, sha256s: Sequence[str]) -> Mapping[str, Document]:
        """Those of these documents that it has, under whatever path."""

    def put(self, documents: Sequence[tuple[Document, Sequence[str]]]) -> None:
        """Keep documents with their lines."""


@dataclass(frozen=True)
class _Content:
    path: str
    bytes: bytes
    sha256: str


@dataclass
class Intake:
    """Takes files one after another. What comes of them is in `measured` and `skipped` after `flush`."""

    library: Library
    capacity: int
    max_bytes: int
    measured: list[Measured] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    _waiting: list[_Content] = field(default_factory=list)
    _bytes: int = 0

    def take(self, file: File) -> None:
        """Read a file's bytes; parsed are they with others', since asking for what is known takes a while."""
        try:
            content = content_of(file.real, max_bytes=self.max_bytes)
        except DocumentError as error:
            self._skip(file.path, error)
            return
        self._waiting.append(_Content(file.path, content, hashlib.sha256(content).hexdigest()))
        self._bytes += len(content)
        if self._bytes > _MOST_BYTES or len(self._waiting) >= _MOST_FILES:
            self.flush()

    def flush(self) -> None:
        """Parse what was read and is not known, and put it into the library."""
        contents, self._waiting, self._bytes = self._waiting, [], 0
        known = self.library.known([content.sha256 for content in contents])
        new: list[tuple[Document, Sequence[str]]] = []
        for content in contents:
            text = self._measured(content, known.get(content.sha256))
            if text is not None and content.sha256 not in known:
                new.append((text.document, text.lines))
        self.library.put(new)

    def _measured(self, content: _Content, known: Document | None) -> Text | None:
        """The text, if it had to be parsed. A document is split by its lines, so a large one always is."""
        if known is not None and known.tokens <= self.capacity:
            kind = kind_of(content.path.rpartition("/")[2], content.bytes)
            again = known.model_copy(update={"path": content.path, "kind": kind})
            self.measured.append(Measured(again))
            return None
        try:
            text = parse(content.path, content.bytes, max_chars=self.max_bytes)
            self.measured.append(measure(text, self.capacity))
        except DocumentError as error:
            self._skip(content.path, error)
            return None
        return text

    def _skip(self, path: str, error: DocumentError) -> None:
        self.skipped.append(Skipped(path=path, reason=str(error)))
