"""Amounts of ``--budget-usd`` and ``--budget-tokens``."""

import pytest

from swarm_app.cli.budgets import by_engine, dollars, tokens
from swarm_app.contracts.budget import Budget
from swarm_app.errors import UsageError


def test_an_amount_alone_is_the_run_s_and_one_with_a_name_an_engine_s() -> None:
    assert dollars(["5", "openai:gpt-5-mini=1"]) == {"": 5.0, "openai:gpt-5-mini": 1.0}


def test_dollars_and_tokens_of_one_engine_are_one_budget() -> None:
    budgets = by_engine(dollars(["a:b=1"]), tokens(["9", "a:b=100", "c:d=200"]))
    assert budgets == {"a:b": Budget(usd=1.0, tokens=100), "c:d": Budget(tokens=200)}


@pytest.mark.parametrize("amount", ["", "much", "0", "-1", "nan", "inf", "openai:x=", "=much"])
def test_what_is_no_amount_of_dollars_is_refused(amount: str) -> None:
    with pytest.raises(UsageError, match="no amount of dollars"):
        dollars([amount])


@pytest.mark.parametrize("amount", ["", "1.5", "0", "-1", "²", "a:b=many"])
def test_what_is_no_number_of_tokens_is_refused(amount: str) -> None:
    with pytest.raises(UsageError, match="no number of tokens"):
        tokens([amount])


def test_an_amount_that_is_given_twice_is_refused() -> None:
    with pytest.raises(UsageError, match="twice for a:b"):
        dollars(["a:b=1", "a:b=2"])
