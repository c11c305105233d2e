"""The discovery log: what was found out once, for all who ask the same."""

from enum import StrEnum
from typing import Protocol
from uuid import uuid4

from pydantic import Field, NonNegativeInt

from swarm_app.contracts.base import Contract


class Sort(StrEnum):
    """What can be found out."""

    SEARCH = "search"  # what the shards answer
    EXCERPT = "excerpt"  # lines of a document, kept warm by the process that read them
    CALL = "call"  # what a model answers


class Discovery(Contract):
    """What somebody found out, as text, and what that took."""

    result: str
    tokens: NonNegativeInt = 0  # of models
    cost_usd: float = Field(default=0.0, ge=0.0)


class Inquiry(Contract):
    """What is to be found out. Who has the same signature asks the same."""

    inquiry_id: str = Field(default_factory=lambda: uuid4().hex)
    sort: Sort
    signature: str  # the SHA-256 of everything that the result depends on but the shards' contents
    shards: tuple[str, ...] = ()  # the shards whose contents it depends on
    most_s: float = Field(gt=0.0)  # seconds after which whoever is at it counts as lost


class Outcome(StrEnum):
    """What the log says of an inquiry."""

    FOUND = "found"
    YOURS = "yours"  # whoever asked is to find it out, and to say what came of it
    THEIRS = "theirs"  # somebody is at it: ask again
    APART = "apart"  # everybody finds it out alone: it is too large to share, or failed others


class Answered(Contract):
    """The log's answer."""

    outcome: Outcome
    found: Discovery | None = None
    basis: str = ""  # the shards' versions that the result is to be found out from


class DiscoveryLog(Protocol):
    """Shares what is found out among all workers. One that dies at it is made up for by another."""

    def ask(self, inquiry: Inquiry) -> Answered:
        """What is known of an inquiry; counted for the run, unless somebody is at it."""

    def keep(self, inquiry: Inquiry, basis: str, discovery: Discovery) -> None:
        """Say what was found out, from the ``basis`` that `ask` gave."""

    def drop(self, inquiry: Inquiry, *, failed: bool) -> None:
        """Leave an inquiry to others: it ``failed``, or whoever was at it was told to stop."""


class Ratio(Contract):
    """How often something was found, and how often it had to be found out."""

    hits: NonNegativeInt = 0
    misses: NonNegativeInt = 0


class Discoveries(Contract):
    """What a run found in the discovery log, and what that saved."""

    search: Ratio = Ratio()
    excerpt: Ratio = Ratio()
    call: Ratio = Ratio()
    saved_tokens: NonNegativeInt = 0  # of models, that calls of others had taken
    saved_usd: float = 0.0

    @property
    def hits(self) -> int:
        """Of every sort."""
        return self.search.hits + self.excerpt.hits + self.call.hits

    @property
    def misses(self) -> int:
        """Of every sort."""
        return self.search.misses + self.excerpt.misses + self.call.misses
