"""One engine's line: calls that have leave, each counted as it lands."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import uuid4

from pydantic_ai.exceptions import (
    AgentRunError,
    ModelRateLimitError,
    ModelRequestTimeout,
    ModelTimeoutError,
    OutputTokenLimitExceeded,
    UnexpectedModelBehavior,
    UserError,
)
from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, ToolCallPart
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.settings import ModelSettings

from swarm_app.contracts.calls import Call, Landing
from swarm_app.contracts.context import Context
from swarm_app.errors import EngineAway
from workers.models.ledger import Ledger
from workers.models.named import Named
from workers.models.prices import cost, window
from workers.models.refusals import unreadable

EXPECTED = 1_000  # tokens that an answer is expected to take
_MARGIN = 10.0  # seconds after a call's timeout until it counts as lost with its worker
_MOST_ANSWERED = 400_000  # characters; what 4,000 tokens hold many times over
_UNTOLD = 2.0  # seconds that a vendor which refuses is left alone, if it does not say


class Request(NamedTuple):
    """What a model is asked, whichever it is."""

    messages: list[ModelMessage]
    settings: ModelSettings
    parameters: ModelRequestParameters
    tokens: int  # that it will read, about


class Line:
    """Calls of one brief to one engine. What its calls took goes into ``ledger``."""

    def __init__(
        self, engine: Named, model: Callable[[], Awaitable[Model]], context: Context, ledger: Ledger
    ) -> None:
        self.engine = engine
        self._model = model
        self._context = context
        self._ledger = ledger
        self._bound: float | None = None
        self._landings: set[asyncio.Task[None]] = set()

    def takes(self, request: Request) -> bool:
        """Whether the model's window holds the request and its answer."""
        return request.tokens + request.settings.get("max_tokens", EXPECTED) <= window(self.engine)

    async def slow_after(self) -> float | None:
        """The seconds after which the engine's own past calls a call slow; None if it is too short."""
        self._bound = await asyncio.to_thread(self._context.meter.slow, self.engine.name)
        return self._bound

    async def leave(self, tokens: int) -> Call:
        """A call that may be made now. Raises `EngineAway` when its rate leaves no time."""
        call = self.call(tokens)
        while wait := await self.ask(call):
            if wait >= self._context.remaining:
                raise EngineAway(f"{self.engine.name}: the rate of {call.account} leaves no time for a call.")
            await asyncio.sleep(wait)
        return call

    async def ask(self, call: Call) -> float:
        """0 when the call may be made now; else seconds, with jitter. Raises as `Meter.ask` does."""
        return await asyncio.to_thread(self._context.meter.ask, call) * random.uniform(1.0, 1.2)

    def call(self, tokens: int, *, spare: bool = False) -> Call:
        """A call that is not made yet; a ``spare`` one may be left out."""
        account = self.engine.account
        return Call(
            call_id=uuid4().hex,
            account=self.engine.account_name,
            engine=self.engine.name,
            limits=account.limits,
            tokens=tokens + EXPECTED,
            cost_usd=cost(self.engine, tokens, EXPECTED) or 0.0,
            patience=account.timeout_s + _MARGIN,
            spare=spare,
        )

    async def made(self, call: Call, request: Request) -> ModelResponse:
        """The answer to a call that has leave; raises the vendor's error. However it ends, it lands."""
        began = time.monotonic()
        try:
            answer = await self._answer(request)
        except ModelRateLimitError as error:
            self._land(call, Landing.REFUSED, pause=error.retry_after or _UNTOLD)
            raise
        except (asyncio.CancelledError, ModelTimeoutError, ModelRequestTimeout):
            self._cut_off(call, time.monotonic() - began)  # the vendor may bill it all the same
            raise
        except (AgentRunError, UserError) as error:
            if unreadable(error):
                self._cut_off(call, 0.0)
            else:
                self._land(call, Landing.FAILED)
            raise
        self._count(call, answer, time.monotonic() - began)
        if (size := _size(answer)) > _MOST_ANSWERED:
            raise OutputTokenLimitExceeded(f"{size:,} characters, far more than it was asked for")
        return answer

    async def _answer(self, request: Request) -> ModelResponse:
        """The vendor's answer. Raises as `answered` does."""
        patience = max(0.1, min(self.engine.account.timeout_s, self._context.remaining))
        settings = ModelSettings(**request.settings, max_retries=0, timeout=patience)  # retries are ours
        model = await self._model()
        asked = model.request(request.messages, settings, request.parameters)
        return await answered(self.engine, asked, patience)

    def unmade(self, call: Call) -> None:
        """Give back the leave for a call."""
        self._land(call, Landing.FAILED)

    async def settled(self) -> None:
        """Wait until what has landed is counted in the store."""
        await asyncio.gather(*self._landings)

    def _land(self, call: Call, landing: Landing, **taken: Any) -> None:
        """Have it counted, nobody waiting: what the brief does next does not depend on it."""
        counting = asyncio.to_thread(self._context.meter.landed, call, landing, **taken)
        self._landings.add(asyncio.create_task(counting))

    def _cut_off(self, call: Call, seconds: float) -> None:
        """Count a call as if it had been answered. What was slow already says so of its engine."""
        slow = seconds if self._bound is not None and seconds >= self._bound else 0.0
        self._ledger.lost_usd += call.cost_usd
        self._land(call, Landing.FAILED, tokens=call.tokens, cost_usd=call.cost_usd, seconds=slow)

    def _count(self, call: Call, answer: ModelResponse, seconds: float) -> None:
        usage = answer.usage
        dollars = cost(self.engine, usage.input_tokens, usage.output_tokens, usage.cache_read_tokens)
        if dollars is not None:
            usage.cost = Decimal(dollars)  # else the client library looks it up again
        self._ledger.answered(self.engine.name, usage, dollars, seconds)
        taken = {"tokens": usage.total_tokens, "cost_usd": dollars or 0.0, "seconds": seconds}
        self._land(call, Landing.ANSWERED, **taken)


async def answered(engine: Named, asked: Awaitable[ModelResponse], patience: float) -> ModelResponse:
    """What a model answers, all of it within ``patience`` seconds, however slowly it drips in.

    Raises `AgentRunError`, also for an answer that the client library trips over.
    """
    try:
        async with asyncio.timeout(patience):
            return await asked
    except (AgentRunError, UserError):
        raise
    except TimeoutError:
        raise ModelRequestTimeout(engine.model, patience) from None
    except Exception as error:
        raise UnexpectedModelBehavior(f"{type(error).__name__}: {error}") from error


def _size(answer: ModelResponse) -> int:
    """The characters of what is said and called in an answer."""
    return sum(
        len(part.args_as_json_str() if isinstance(part, ToolCallPart) else part.content)
        for part in answer.parts
        if isinstance(part, TextPart | ToolCallPart)
    )
