"""Documents, and the lines of them that are quoted.

Lines count from 1, ends included, and end at ``\\n``, ``\\r\\n`` or ``\\r`` only.
"""

from enum import StrEnum
from typing import Protocol

from pydantic import Field, NonNegativeInt, PositiveInt

from swarm_app.contracts.base import Contract

MIN_QUOTE_CHARS = 20
MAX_CITATION_LINES = 40


class Document(Contract):
    """One version of one file, addressed by its content."""

    path: str  # starts with the given folder's own name: "celery/backends/redis.py"
    sha256: str  # of the file's bytes
    kind: str  # text, markdown, code, json, csv, html or pdf
    size: NonNegativeInt  # bytes
    lines: NonNegativeInt
    chars: NonNegativeInt
    tokens: NonNegativeInt  # o200k
    pages: tuple[PositiveInt, ...] = ()  # first line of each page, of a PDF


class Part(Contract):
    """The lines of one document that one shard holds (all of them, unless the document was split)."""

    path: str
    sha256: str
    kind: str
    start: PositiveInt
    end: PositiveInt
    tokens: NonNegativeInt


class Skipped(Contract):
    """A file that was not read, and why."""

    path: str
    reason: str


class Excerpt(Contract):
    """Consecutive text of one document version, as a reader would cut it."""

    path: str
    sha256: str
    start: PositiveInt  # first line
    end: PositiveInt  # last line
    start_char: NonNegativeInt  # offset into the document as decoded, with its own line endings
    end_char: NonNegativeInt
    text: str
    score: float = 0.0  # how much of the query it holds with what stands around it, 0 to about 1
    leads: bool = False  # nothing that stands near it answers the query better
    rarity: dict[str, float] = Field(default_factory=dict)  # the query's terms -> how rare they are


class ShardAnswer(Contract):
    """What one shard answers a search with."""

    shard: str
    version: NonNegativeInt  # of the shard
    excerpts: list[list[Excerpt]]  # of each query: pieces, which are joined with those of other shards


class Verdict(StrEnum):
    """What checking a citation said."""

    VERIFIED = "verified"  # the quote stands in these lines of this document version
    STALE = "stale"  # it stood there, but the file has changed since
    INVALID = "invalid"  # it does not stand there
    UNCHECKED = "unchecked"  # a bare source without a quote: there is nothing to check


class Lines(Protocol):
    """Whatever stands in lines of a document, its ``end`` included."""

    @property
    def path(self) -> str: ...  # noqa: D102

    @property
    def start(self) -> int: ...  # noqa: D102

    @property
    def end(self) -> int: ...  # noqa: D102


def meet(one: Lines, other: Lines) -> bool:
    """Whether two stand in the same line."""
    return one.path == other.path and one.start <= other.end and other.start <= one.end


class Citation(Contract):
    """Lines of a document, with the words quoted from them."""

    path: str
    start: PositiveInt
    end: PositiveInt
    quote: str = ""
    sha256: str = ""
    verdict: Verdict = Verdict.UNCHECKED
    page: PositiveInt | None = None

    @property
    def source(self) -> str:
        """The citation as people write it: ``path:start-end``."""
        return f"{self.path}:{self.start}-{self.end}"


class EvidenceCount(Contract):
    """How many citations were checked and what came of them."""

    checked: NonNegativeInt = 0
    verified: NonNegativeInt = 0
    dropped: NonNegativeInt = 0
    unchecked: NonNegativeInt = 0

    def __add__(self, other: "EvidenceCount") -> "EvidenceCount":
        return EvidenceCount(
            checked=self.checked + other.checked,
            verified=self.verified + other.verified,
            dropped=self.dropped + other.dropped,
            unchecked=self.unchecked + other.unchecked,
        )


class Shard(Contract):
    """What the store knows of one shard."""

    name: str
    version: NonNegativeInt = 0  # raised by every load that changed something
    capacity: PositiveInt
    documents: NonNegativeInt = 0
    lines: NonNegativeInt = 0
    tokens: NonNegativeInt = 0
    roots: dict[str, str] = Field(default_factory=dict)  # first part of a path -> the folder or file given
    loaded_at: float = 0.0  # Unix seconds
    skipped: tuple[Skipped, ...] = ()
