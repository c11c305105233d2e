"""One dialogue with a model: it is told and asked once, and answers until it hands in."""

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic_ai import Agent, RunContext, Tool, UsageLimits
from pydantic_ai.capabilities import RaiseContentFilterError
from pydantic_ai.exceptions import UnexpectedModelBehavior, UsageLimitExceeded
from pydantic_ai.models import Model
from pydantic_ai.output import OutputSpec
from pydantic_ai.settings import ModelSettings

D = TypeVar("D")
T = TypeVar("T")

_RETRIES = 2  # times that what does not fit its form is sent back


def agent(
    form: OutputSpec[T],
    deps: type[D],
    holding: Callable[[RunContext[D], T], T],
    tools: tuple[Callable[..., Any], ...] = (),
) -> Agent[D, T]:
    """Whoever works with ``deps`` and ``tools`` and hands in a ``form``, which ``holding`` may send back.

    A vendor's filter ends it at once, whatever words came along: asked again, it says the same and is paid
    again.
    """
    made: Agent[D, T] = Agent(
        output_type=form,
        deps_type=deps,
        tools=[Tool(tool) for tool in tools],
        retries=_RETRIES,
        defer_model_check=True,
        capabilities=[RaiseContentFilterError()],
    )
    made.output_validator(holding)
    return made


async def handed_in(
    worker: Agent[D, T], model: Model, deps: D, *, told: str, asked: str, output: int, calls: int
) -> T:
    """What the model hands in, in at most ``calls`` answers of ``output`` tokens each.

    Raises the client library's `AgentRunError`.
    """
    try:
        done = await worker.run(
            asked,
            instructions=told,
            model=model,
            deps=deps,
            model_settings=ModelSettings(max_tokens=output),
            usage_limits=UsageLimits(request_limit=calls),
        )
    except UsageLimitExceeded:
        raise UnexpectedModelBehavior(f"{calls} answers, and nothing was handed in") from None
    return done.output
