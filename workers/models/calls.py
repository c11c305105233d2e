"""One brief's calls to a model: each made until it is answered, and made again when it fails in passing."""

import asyncio
import random
from collections.abc import Awaitable, Sequence
from functools import lru_cache
from typing import TypeVar

from pydantic_ai.exceptions import (
    AgentRunError,
    ModelAPIError,
    ModelRateLimitError,
    ModelRequestTimeout,
    ModelTimeoutError,
)
from pydantic_ai.messages import ModelMessage, ModelMessagesTypeAdapter, ModelResponse
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings

from swarm_app.contracts.context import Context
from swarm_app.documents.tokens import count
from workers.models import vendors
from workers.models.hedge import Hedge, second
from workers.models.ledger import Ledger
from workers.models.line import Line, Request
from workers.models.named import Named
from workers.models.refusals import passing

OVERHEAD = 1_500  # tokens of the tools' and the draft's schemas
_MOST_FAILED = 8  # tries of one call
_HUNG = 4  # tries that one without an answer counts for: it takes long, and the next engine needs time too
T = TypeVar("T")
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0  # seconds; doubled from one to the other


class Calls(WrapperModel):
    """The vendor's model as one brief uses it; ``others`` may be asked a second time what takes it long."""

    def __init__(self, model: Model, engine: Named, context: Context, others: Sequence[Named] = ()) -> None:
        super().__init__(model)
        self.ledger = Ledger()
        self._context = context
        self._line = Line(engine, self._itself, context, self.ledger)
        again = second(engine, others)
        made = self._itself if again == engine else (lambda: vendors.model(again)) if again else None
        self._again = Line(again, made, context, self.ledger) if again and made else None
        self._hedge = Hedge(self._line, self._again, self.ledger)

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """The answer. Raises the last error when the tries or the brief's time are used up.

        Raises `BudgetSpent` when the run cannot pay for it, and `EngineAway` when its rate leaves no time or
        its own budget is spent.
        """
        tokens = _tokens(messages)
        asked = Request(messages, model_settings or ModelSettings(), model_request_parameters, tokens)
        failed = 0
        while True:
            call = await self._line.leave(tokens)
            try:
                return await self._hedge.made(call, asked)
            except AgentRunError as error:
                self.ledger.failures += 1
                failed += _weight(error)
                pause = _pause(error, failed)
                if not passing(error) or failed >= _MOST_FAILED or pause >= self._context.remaining:
                    raise
                await asyncio.sleep(pause)

    async def settling(self, work: Awaitable[T]) -> T:
        """What comes of the work, once all of its calls are counted in the store."""
        try:
            return await work
        finally:
            await self._line.settled()
            if self._again:
                await self._again.settled()

    async def _itself(self) -> Model:
        return self.wrapped


def _tokens(messages: list[ModelMessage]) -> int:
    """What a request has a model read, about."""
    return OVERHEAD + sum(_counted(ModelMessagesTypeAdapter.dump_json([each])) for each in messages)


@lru_cache(maxsize=256)  # what was said before is in every later request of a brief
def _counted(message: bytes) -> int:
    return count(message.decode())


def _weight(error: AgentRunError) -> int:
    """How much a failed call takes of the patience with its engine; its rate alone makes nobody give up."""
    if isinstance(error, ModelTimeoutError | ModelRequestTimeout):
        return _HUNG
    return not isinstance(error, ModelRateLimitError)


def _pause(error: Exception, failed: int) -> float:
    """Seconds until the next try: what the vendor asks for, else twice as long each time; with jitter."""
    asked = error.retry_after if isinstance(error, ModelAPIError) else None
    if asked is not None:
        return asked * random.uniform(1.0, 1.2)
    return min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** max(0, failed - 1)) * random.uniform(0.5, 1.0)
