"""What may stop a run before it is done, other than people and its council."""

from enum import StrEnum


class Limit(StrEnum):
    """A limit of a run, as its `stop_reason` names it; a resumed run is allowed as much again."""

    DEADLINE = "deadline"
    MAX_BRIEFS = "max_briefs"
    BUDGET_USD = "budget_usd"
    BUDGET_TOKENS = "budget_tokens"
    ENGINE_BUDGETS = "engine_budgets"  # the budgets of all engines that could go on
