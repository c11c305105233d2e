"""Blockers and assists: what a worker says that cannot go on, and what others are asked to do about it."""

import time

from pydantic import Field, PositiveInt

from swarm_app.contracts.base import Contract
from swarm_app.contracts.help import Obstacle, Outcome, Strategy, Urgency
from swarm_app.contracts.research import Contradiction, Draft
from swarm_app.errors import EngineError

MOST_DETAILS = 400  # characters


class Blocker(EngineError):  # noqa: N818 — it is what stands in the way, and reads as that
    """Raised by an engine that cannot go on: idle workers are asked to help, and its brief is resumed.

    ``details`` say in words what stands in the way. ``so_far`` is what it has already; ``wanted`` are words
    that the context it lacks would hold.
    """

    def __init__(
        self,
        details: str,
        obstacle: Obstacle | str = Obstacle.REFUSAL,
        *,
        urgency: Urgency | str = Urgency.NORMAL,
        so_far: Draft | None = None,
        wanted: tuple[str, ...] = (),
    ) -> None:
        super().__init__(details)
        self.obstacle = Obstacle(obstacle)
        self.urgency = Urgency(urgency)
        self.so_far = so_far
        self.wanted = wanted


class Blockage(Contract):
    """A blocker as the store keeps it."""

    brief_id: str
    worker: str  # whose brief is blocked
    engines: str = ""  # that met it, as `Brief.engine`; empty: an outside worker did
    obstacle: Obstacle
    details: str
    urgency: Urgency = Urgency.NORMAL
    so_far: Draft | None = None
    wanted: tuple[str, ...] = ()
    at: float  # Unix seconds

    @classmethod
    def of(cls, blocker: Blocker, brief_id: str, worker: str, engines: str = "") -> "Blockage":
        """A blocker that a worker meets now; long details are cut."""
        return cls(
            brief_id=brief_id,
            worker=worker,
            engines=engines,
            obstacle=blocker.obstacle,
            details=" ".join(str(blocker).split())[:MOST_DETAILS],
            urgency=blocker.urgency,
            so_far=blocker.so_far,
            wanted=blocker.wanted,
            at=time.time(),
        )


class Assist(Contract):
    """What one idle worker is asked to try for a blocked brief."""

    assist_id: str
    brief_id: str
    number: PositiveInt  # its place among the brief's assists
    strategy: Strategy
    urgency: Urgency = Urgency.NORMAL
    engine: str = ""  # who does it; empty: the brief's engine
    shards: tuple[str, ...] = ()  # asked beside the run's own
    contradictions: tuple[Contradiction, ...] = ()  # to be weighed
    part: PositiveInt = 1  # of a brief that is split
    of: PositiveInt = 1

    @property
    def group(self) -> str:
        """Assists that solve it together only."""
        return ":".join((self.strategy, self.engine, *self.shards))


class Solution(Contract):
    """What an assist came to, its citations checked."""

    assist: Assist
    worker: str  # who helped
    draft: Draft
    age_s: float = Field(default=0.0, ge=0.0)  # of the older finding it rests on


class Settlement(Contract):
    """How a blocker ended: what whoever resumes its brief has in hand."""

    blockage: Blockage
    outcome: Outcome
    solutions: tuple[Solution, ...] = ()  # the winning assists', in the order of their parts
    assists: int = 0  # that were offered
    at: float = 0.0  # Unix seconds
