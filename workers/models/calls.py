"""One brief's calls to a model: with leave, counted, and made again when they fail in passing."""

import asyncio
import random
import time
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from pydantic_ai.exceptions import AgentRunError, ModelAPIError, ModelRateLimitError, ModelTimeoutError
from pydantic_ai.messages import ModelMessage, ModelMessagesTypeAdapter, ModelResponse
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings

from swarm_app.contracts.calls import Call, Landing
from swarm_app.contracts.context import Context
from swarm_app.documents.tokens import count
from swarm_app.errors import EngineAway
from workers.models.named import Named
from workers.models.prices import cost
from workers.models.refusals import PASSING

OVERHEAD = 1_500  # tokens of the tools' and the draft's schemas
EXPECTED = 1_000  # tokens that an answer is expected to take
_MOST_FAILED = 8  # tries of one call
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0  # seconds; doubled from one to the other
_MARGIN = 10.0  # seconds after a call's timeout until it counts as lost with its worker


@dataclass(frozen=True)
class Spent:
    """What a brief's calls took. Seconds are those in which a call was in the air."""

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    cost_usd: float = 0.0
    priced: bool = True
    calls: int = 0
    failures: int = 0
    seconds: float = 0.0


class Calls(WrapperModel):
    """The vendor's model as one brief uses it: each request is made until it is answered or refused."""

    def __init__(self, model: Model, engine: Named, context: Context) -> None:
        super().__init__(model)
        self.spent = Spent()
        self._engine = engine
        self._context = context

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """The answer. Raises the last error when the tries or the brief's time are used up.

        Raises `BudgetSpent` when the run cannot pay for it, and `EngineAway` when its rate leaves no time.
        """
        tokens = await asyncio.to_thread(_tokens, messages)
        failed = 0
        while True:
            call = await self._leave(tokens)
            try:
                return await self._made(call, messages, model_settings, model_request_parameters)
            except PASSING as error:
                self.spent = replace(self.spent, failures=self.spent.failures + 1)
                failed += not isinstance(error, ModelRateLimitError)  # its rate alone makes nobody give up
                pause = _pause(error, failed)
                if failed == _MOST_FAILED or pause >= self._context.remaining:
                    raise
                await asyncio.sleep(pause)

    async def _leave(self, tokens: int) -> Call:
        """A call that may be made now."""
        account = self._engine.account
        call = Call(
            call_id=uuid4().hex,
            account=self._engine.vendor,
            limits=account.limits,
            tokens=tokens + EXPECTED,
            cost_usd=cost(self._engine, tokens, EXPECTED) or 0.0,
            patience=account.timeout_s + _MARGIN,
        )
        while wait := await asyncio.to_thread(self._context.meter.ask, call):
            if wait >= self._context.remaining:
                raise EngineAway(
                    f"{self._engine.name}: the rate of {call.account} leaves no time for a call."
                )
            await asyncio.sleep(wait * random.uniform(1.0, 1.2))
        return call

    async def _made(
        self,
        call: Call,
        messages: list[ModelMessage],
        settings: ModelSettings | None,
        parameters: ModelRequestParameters,
    ) -> ModelResponse:
        began = time.monotonic()
        try:
            answer = await super().request(messages, self._patient(settings), parameters)
        except ModelRateLimitError as error:
            await self._land(call, Landing.REFUSED, pause=error.retry_after or 1.0)
            raise
        except (asyncio.CancelledError, ModelTimeoutError):  # cut off: the vendor may bill it all the same
            await self._land(call, Landing.FAILED, tokens=call.tokens, cost_usd=call.cost_usd)
            raise
        except AgentRunError:
            await self._land(call, Landing.FAILED)
            raise
        await self._count(call, answer, time.monotonic() - began)
        return answer

    async def _land(self, call: Call, landing: Landing, **taken: Any) -> None:
        await asyncio.to_thread(self._context.meter.landed, call, landing, **taken)

    def _patient(self, given: ModelSettings | None) -> ModelSettings:
        """No retries of the vendor's client beside ours, and no call longer than it may take."""
        patience = max(0.1, min(self._engine.account.timeout_s, self._context.remaining))
        return ModelSettings(**(given or {}), max_retries=0, timeout=patience)

    async def _count(self, call: Call, answer: ModelResponse, seconds: float) -> None:
        usage, spent = answer.usage, self.spent
        dollars = cost(self._engine, usage.input_tokens, usage.output_tokens, usage.cache_read_tokens)
        await self._land(call, Landing.ANSWERED, tokens=usage.total_tokens, cost_usd=dollars or 0.0)
        self.spent = Spent(
            input_tokens=spent.input_tokens + usage.input_tokens,
            output_tokens=spent.output_tokens + usage.output_tokens,
            cached_tokens=spent.cached_tokens + usage.cache_read_tokens,
            cost_usd=spent.cost_usd + (dollars or 0.0),
            priced=spent.priced and dollars is not None,
            calls=spent.calls + 1,
            failures=spent.failures,
            seconds=spent.seconds + seconds,
        )


def _tokens(messages: list[ModelMessage]) -> int:
    """What a request has a model read, about."""
    return OVERHEAD + count(ModelMessagesTypeAdapter.dump_json(messages).decode())


def _pause(error: Exception, failed: int) -> float:
    """Seconds until the next try: what the vendor asks for, else twice as long each time; with jitter."""
    asked = error.retry_after if isinstance(error, ModelAPIError) else None
    if asked is not None:
        return asked * random.uniform(1.0, 1.2)
    return min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** max(0, failed - 1)) * random.uniform(0.5, 1.0)
