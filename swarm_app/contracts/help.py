"""What can keep a worker from going on, and how others help."""

from enum import StrEnum

from pydantic import Field, NonNegativeInt

from swarm_app.contracts.base import Contract


class Obstacle(StrEnum):
    """What a worker cannot get past by itself."""

    RATE_LIMIT = "rate_limit"  # the engine's vendor lets no more calls through, or is away
    REFUSAL = "refusal"  # the engine will not do this brief
    MISSING_CONTEXT = "missing_context"  # what it needs is not in its shards
    TOO_LARGE = "too_large"  # the brief does not fit into the engine
    CONTRADICTION = "contradiction"  # passages disagree, and it cannot settle which holds


class Urgency(StrEnum):
    """Which assists go first. A brief that nobody has begun goes before all of them."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Strategy(StrEnum):
    """How an assist goes about it."""

    ENGINE = "another_engine"
    SHARD = "another_shard"  # that holds what is missing, or all of the run's without the brief's scope
    SIDES = "both_sides"  # of a contradiction: what else speaks for either is found and weighed
    PARTS = "parts"  # the brief is split, and what comes of its parts is joined
    OLDER = "older_findings"  # of other runs, marked with their age


class Outcome(StrEnum):
    """What came of a blocker."""

    SOLVED = "solved"
    ESCALATED = "escalated"  # nobody could help: the run says so


class Helped(Contract):
    """Who helped with a finding, and against what."""

    obstacle: Obstacle
    details: str  # in the blocked worker's words
    outcome: Outcome
    by: tuple[str, ...] = ()  # the workers that helped; none: it escalated
    strategy: Strategy | None = None
    shards: tuple[str, ...] = ()  # asked beside the run's own
    roots: dict[str, str] = Field(default_factory=dict)  # of these shards, as `Run.roots`
    age_s: float = Field(default=0.0, ge=0.0)  # of the older finding it rests on
    waited_s: float = Field(default=0.0, ge=0.0)  # from the blocker to its outcome
    assists: NonNegativeInt = 0  # that were offered
