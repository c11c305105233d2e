"""One engine's line: calls that have leave, each counted as it lands."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple
from uuid import uuid4

from pydantic_ai.exceptions import AgentRunError, ModelRateLimitError, ModelTimeoutError
from pydantic_ai.messages import ModelMessage, ModelResponse
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
            account=self.engine.vendor,
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
            model = await self._model()
            answer = await model.request(
                request.messages, self._patient(request.settings), request.parameters
            )
        except ModelRateLimitError as error:
            self._land(call, Landing.REFUSED, pause=error.retry_after or _UNTOLD)
            raise
        except (asyncio.CancelledError, ModelTimeoutError):  # cut off: the vendor may bill it all the same
            self._cut_off(call, time.monotonic() - began)
            raise
        except AgentRunError as error:
            if unreadable(error):
                self._cut_off(call, 0.0)
            else:
                self._land(call, Landing.FAILED)
            raise
        self._count(call, answer, time.monotonic() - began)
        return answer

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
        self._ledger.answered(self.engine.name, usage, dollars, seconds)
        taken = {"tokens": usage.total_tokens, "cost_usd": dollars or 0.0, "seconds": seconds}
        self._land(call, Landing.ANSWERED, **taken)

    def _patient(self, given: ModelSettings) -> ModelSettings:
        """No retries of the vendor's client beside ours, and no call longer than it may take."""
        patience = max(0.1, min(self.engine.account.timeout_s, self._context.remaining))
        return ModelSettings(**given, max_retries=0, timeout=patience)
