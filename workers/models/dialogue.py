"""One dialogue with a model: it is told and asked once, and answers until it hands in."""

from typing import TypeVar

from pydantic_ai import Agent, UsageLimits
from pydantic_ai.capabilities import RaiseContentFilterError
from pydantic_ai.exceptions import UnexpectedModelBehavior, UsageLimitExceeded
from pydantic_ai.models import Model
from pydantic_ai.settings import ModelSettings

D = TypeVar("D")
T = TypeVar("T")


async def handed_in(
    agent: Agent[D, T], model: Model, deps: D, *, told: str, asked: str, output: int, calls: int
) -> T:
    """What the model hands in, in at most ``calls`` answers of ``output`` tokens each.

    A vendor's filter ends it at once, whatever words came along: asked again, it says the same and is paid
    again. Raises the client library's `AgentRunError`.
    """
    try:
        done = await agent.run(
            asked,
            instructions=told,
            model=model,
            deps=deps,
            model_settings=ModelSettings(max_tokens=output),
            usage_limits=UsageLimits(request_limit=calls),
            capabilities=[RaiseContentFilterError()],
        )
    except UsageLimitExceeded:
        raise UnexpectedModelBehavior(f"{calls} answers, and nothing was handed in") from None
    return done.output
