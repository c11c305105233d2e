"""The same calls for asyncio: every one of them, with every argument."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from swarm_app.client.aio import AsyncBus, AsyncIndicator, AsyncRunHandle, AsyncSwarm
from swarm_app.client.bus import Bus
from swarm_app.client.handle import RunHandle
from swarm_app.client.indicator import Indicator
from swarm_app.client.swarm import Swarm

PAIRS = [(Swarm, AsyncSwarm), (RunHandle, AsyncRunHandle), (Bus, AsyncBus), (Indicator, AsyncIndicator)]
ARGUMENTS = [
    pytest.param(call, getattr(aio, name), id=f"{aio.__name__}.{name}")
    for ours, aio in PAIRS
    for name, call in inspect.getmembers(ours, inspect.isfunction)
    if not name.startswith("_") and hasattr(aio, name)
]


def public(of: type) -> set[str]:
    return {name for name in vars(of) if not name.startswith("_")}


@pytest.mark.parametrize(("ours", "aio"), PAIRS)
def test_every_call_exists_for_asyncio(ours: type, aio: type) -> None:
    assert public(ours) == public(aio)


@pytest.mark.parametrize(("ours", "aio"), ARGUMENTS)
def test_every_argument_is_taken_for_asyncio_too(ours: Callable[..., Any], aio: Callable[..., Any]) -> None:
    wanted, taken = inspect.signature(ours).parameters, inspect.signature(aio).parameters
    any_named = any(each.kind is each.VAR_KEYWORD for each in taken.values())
    missing = [each for name, each in wanted.items() if name not in taken]
    assert not missing or (any_named and {each.kind for each in missing} == {inspect.Parameter.KEYWORD_ONLY})
    assert [name for name in wanted if name in taken] == [name for name in taken if name in wanted]


@pytest.mark.parametrize(("_", "aio"), ARGUMENTS)
def test_every_call_for_asyncio_is_awaited_or_iterated_over(_: object, aio: Callable[..., Any]) -> None:
    assert inspect.iscoroutinefunction(aio) or inspect.isasyncgenfunction(aio)
