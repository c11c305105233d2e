"""Calls to vendors, as those who limit and pay for them see them."""

from enum import StrEnum
from typing import Protocol

from pydantic import Field, NonNegativeInt, PositiveInt

from swarm_app.contracts.base import Contract


class Limits(Contract):
    """What a vendor lets an account do; None: nobody told us, and what it refuses tells us."""

    requests_per_minute: PositiveInt | None = None
    tokens_per_minute: PositiveInt | None = None
    concurrency: PositiveInt | None = None  # calls in the air at once


class Call(Contract):
    """One call that is about to be made."""

    call_id: str
    account: str
    engine: str
    limits: Limits = Limits()
    tokens: NonNegativeInt  # read and written, as expected
    cost_usd: float = Field(ge=0.0)  # as expected
    patience: float  # seconds after which it counts as lost, with its worker
    spare: bool = False  # it may be left out: a budget that does not reach for it ends nothing


class Landing(StrEnum):
    """How a call ended."""

    ANSWERED = "answered"
    REFUSED = "refused"  # the vendor limits our rate
    FAILED = "failed"


class Meter(Protocol):
    """Gives leave for calls, on behalf of all workers together."""

    def ask(self, call: Call) -> float:
        """0 when the call may be made now, and is counted; else the seconds after which to ask again.

        Raises `BudgetSpent` when the run's budget does not reach for it, `EngineSpent` when the engine's own
        does not.
        """

    def landed(
        self,
        call: Call,
        landing: Landing,
        *,
        tokens: int = 0,
        cost_usd: float = 0.0,
        seconds: float = 0.0,
        pause: float = 0.0,
    ) -> None:
        """Say how a call ended: what it took, and for how many seconds (``pause``) the vendor wants no other.

        ``seconds`` is how long the engine took, or was waited for in vain; 0 where that says nothing of it.
        """

    def slow(self, engine: str) -> float | None:
        """The seconds that 95 in 100 of the engine's latest calls stay below; None while they are too few."""
