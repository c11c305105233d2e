"""One brief's calls to a model: counted, and made again within the brief's time when they fail in passing."""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from pydantic_ai.exceptions import ModelAPIError
from pydantic_ai.messages import ModelMessage, ModelResponse
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings

from workers.models.named import Named
from workers.models.prices import cost
from workers.models.refusals import PASSING

_MOST_TRIES = 8  # of one call
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0  # seconds; doubled from one to the other


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

    def __init__(self, model: Model, engine: Named, remaining: Callable[[], float]) -> None:
        super().__init__(model)
        self.spent = Spent()
        self._engine = engine
        self._remaining = remaining

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """The answer. Raises the last error when the tries or the brief's time are used up."""
        for tries in range(1, _MOST_TRIES + 1):
            began = time.monotonic()
            try:
                answer = await super().request(
                    messages, self._settings_now(model_settings), model_request_parameters
                )
            except PASSING as error:
                self.spent = replace(self.spent, failures=self.spent.failures + 1)
                pause = _pause(error, tries)
                if tries == _MOST_TRIES or pause >= self._remaining():
                    raise
                await asyncio.sleep(pause)
            else:
                self._count(answer, time.monotonic() - began)
                return answer
        raise AssertionError("the last try returns or raises")

    def _settings_now(self, given: ModelSettings | None) -> ModelSettings:
        """No retries of the vendor's client beside ours, and no call longer than it may take."""
        patience = max(0.1, min(self._engine.account.timeout_s, self._remaining()))
        return ModelSettings(**(given or {}), max_retries=0, timeout=patience)

    def _count(self, answer: ModelResponse, seconds: float) -> None:
        usage, spent = answer.usage, self.spent
        dollars = cost(self._engine, usage.input_tokens, usage.output_tokens, usage.cache_read_tokens)
        self.spent = replace(
            spent,
            input_tokens=spent.input_tokens + usage.input_tokens,
            output_tokens=spent.output_tokens + usage.output_tokens,
            cached_tokens=spent.cached_tokens + usage.cache_read_tokens,
            cost_usd=spent.cost_usd + (dollars or 0.0),
            priced=spent.priced and dollars is not None,
            calls=spent.calls + 1,
            seconds=spent.seconds + seconds,
        )


def _pause(error: Exception, tries: int) -> float:
    """Seconds until the next try: what the vendor asks for, else twice as long each time; with jitter."""
    asked = error.retry_after if isinstance(error, ModelAPIError) else None
    if asked is not None:
        return asked * random.uniform(1.0, 1.2)
    return min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** (tries - 1)) * random.uniform(0.5, 1.0)
