"""Insights: findings as peers see them, and whose a run listens to."""

from enum import StrEnum

from pydantic import Field, NonNegativeInt, PositiveInt

from swarm_app.contracts.base import Contract
from swarm_app.contracts.documents import Citation


class Peers(StrEnum):
    """Whose insights the briefs of a run begin with."""

    OFF = "off"  # nobody's, and the run's own are not told to others
    RUN = "run"  # those of the same run
    ALL = "all"  # also those of other runs, whatever their shards


class Insight(Contract):
    """What a peer found that bears on a brief: its statement, its checked evidence, its origin."""

    finding_id: str
    run_id: str
    pass_number: PositiveInt
    question: str  # of the run that found it
    shards: tuple[str, ...] = ()  # that it was found in
    statement: str
    citations: tuple[Citation, ...]  # verified; paths as the run that reads it names them
    roots: dict[str, str] = Field(default_factory=dict)  # of those paths, where they are of another run
    confidence: float = Field(ge=0.0, le=1.0)
    reported_at: float  # Unix seconds


class Link(Contract):
    """A claim that a peer had reported before, instead of the same claim again."""

    finding_id: str  # the peer's
    path: str  # the words that it cites first
    start: PositiveInt
    end: PositiveInt
    quote: str
    place: NonNegativeInt  # among the finding's claims, from 0
    confidence: float = Field(ge=0.0, le=1.0)  # of the worker that found it again
    facet: str = ""  # the angle that it was found from
