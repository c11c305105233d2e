"""Which of two answers counts, and who may be asked for the second."""

import asyncio

import pytest
from pydantic_ai.messages import ModelResponse

from swarm_app.settings import current
from workers.models.accounts import Account
from workers.models.hedge import _first_of, second
from workers.models.named import Named

PAID = Named("openai:gpt-5-mini", "openai", "gpt-5-mini", Account())
FREE = Named("here:qwen", "here", "qwen", Account(base_url="http://127.0.0.1:8000/v1"))
STATED = Named("there:llama", "there", "llama", Account(input_usd=0.0, output_usd=0.0))
UNKNOWN = Named("there:x", "there", "x", Account(base_url="https://example.org/v1"))


async def answered(after: float, model: str) -> ModelResponse:
    await asyncio.sleep(after)
    return ModelResponse(parts=[], model_name=model)


async def failed(after: float, word: str) -> ModelResponse:
    await asyncio.sleep(after)
    raise LookupError(word)


def first_of(*work: object) -> ModelResponse:
    async def all_of_it() -> ModelResponse:
        return await _first_of([asyncio.ensure_future(each) for each in work])  # type: ignore[call-overload]

    return asyncio.run(all_of_it())


def test_the_first_answer_counts() -> None:
    assert first_of(answered(5.0, "slow"), answered(0.0, "fast")).model_name == "fast"


def test_a_call_that_fails_leaves_it_to_the_other() -> None:
    assert first_of(failed(0.0, "gone"), answered(0.01, "second")).model_name == "second"
    assert first_of(answered(0.01, "first"), failed(0.0, "gone")).model_name == "first"


def test_when_both_fail_the_error_is_the_first_call_s() -> None:
    with pytest.raises(LookupError, match="first"):
        first_of(failed(0.01, "first"), failed(0.0, "second"))


def test_the_second_call_goes_to_another_account_if_that_costs_nothing() -> None:
    assert second(PAID, [FREE]) == FREE
    assert second(FREE, [STATED]) == STATED
    assert second(FREE, [PAID, UNKNOWN]) == FREE
    assert second(PAID, [UNKNOWN]) is None


def test_engines_that_cost_money_are_asked_again_only_where_that_is_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SWARM_HEDGE_MODELS", "1")
    current.cache_clear()
    try:
        assert second(PAID, []) == PAID
        assert second(FREE, [PAID]) == PAID
    finally:
        current.cache_clear()
