"""What may be spent on models, and what is."""

from pydantic import Field, NonNegativeInt, PositiveInt

from swarm_app.contracts.base import Contract


class Budget(Contract):
    """What may be spent; None: as much as it takes."""

    usd: float | None = Field(default=None, gt=0.0)
    tokens: PositiveInt | None = None


class Spending(Contract):
    """What a run has spent on one engine, also by calls that came to nothing."""

    engine: str
    budget_usd: float | None = None
    budget_tokens: PositiveInt | None = None
    spent_usd: float = 0.0
    spent_tokens: NonNegativeInt = 0
    budget_spent: str | None = None  # which of its budgets did not reach for another call
