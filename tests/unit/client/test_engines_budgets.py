"""Budgets of a run's engines."""

from typing import Any

import pytest

from swarm_app.client.engines import engines_budgets
from swarm_app.contracts.budget import Budget
from swarm_app.contracts.plan import PassSpec, Plan, Role
from swarm_app.errors import UsageError

PLAN = Plan(
    name="tiny",
    summary="One pass.",
    passes=(PassSpec(name="Only", role=Role.SIGNAL, workers=1, engine="a:b,c:d"),),
    budgets={"a:b": Budget(usd=1.0), "x:y": Budget(usd=9.0)},
)


def test_the_plan_s_budgets_hold_for_the_engines_that_the_run_uses() -> None:
    assert engines_budgets(PLAN, {}) == {"a:b": Budget(usd=1.0)}


def test_a_budget_that_is_given_takes_the_place_of_the_plan_s() -> None:
    given: dict[str, Any] = {"a:b": {"tokens": 5}}
    assert engines_budgets(PLAN, given) == {"a:b": Budget(tokens=5)}


def test_a_budget_for_an_engine_that_does_nothing_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match="A budget is given to x:y, which does nothing"):
        engines_budgets(PLAN, {"x:y": Budget(usd=1.0)})


def test_a_budget_of_nothing_is_refused_by_its_field() -> None:
    given: dict[str, Any] = {"a:b": {"usd": 0.0}}
    with pytest.raises(UsageError, match=r"a:b\.usd"):
        engines_budgets(PLAN, given)
