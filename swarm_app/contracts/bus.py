"""Messages on the debug bus, in the original's own shape, and what checking their sources said."""

from typing import Any

from pydantic import ConfigDict, Field, NonNegativeInt

from swarm_app.contracts.base import Contract
from swarm_app.contracts.documents import Verdict

CHECKED = "sources.checked"  # the event's type; a message's own type has no dot

Source = str | dict[str, Any]  # "FILE.md:87-92", "FILE.md:12", or path, start, end and quote


class Message(Contract):
    """What an outsider says: ``type``, ``from``, ``query_id``, ``question``, ``answer``, whatever else."""

    model_config = ConfigDict(frozen=True, extra="allow", strict=True)

    type: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,59}$")
    run_id: str = ""  # the run that it is about, if any
    sources: list[Source] = Field(default_factory=list)


class CheckedSource(Contract):
    """One source of a message, and whether it stands."""

    source: str
    verdict: Verdict
    path: str = ""  # the document that was meant, as its shard calls it
    sha256: str = ""
    shard: str = ""
    reason: str = ""  # why it is invalid or stale


class CheckedSources(Contract):
    """What checking a message's sources said: the data of the event that follows it."""

    sources: tuple[CheckedSource, ...]
    verified: NonNegativeInt = 0
    stale: NonNegativeInt = 0
    invalid: NonNegativeInt = 0
    unchecked: NonNegativeInt = 0
