"""A brief's calls that others make too: one is made, and its answer is everyone's who asks the same."""

import asyncio
import json
from collections.abc import Awaitable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar

from pydantic import TypeAdapter
from pydantic_ai.messages import ModelMessage, ModelMessagesTypeAdapter, ModelResponse
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.models.wrapper import WrapperModel
from pydantic_ai.settings import ModelSettings

from swarm_app.contracts.context import Context
from swarm_app.contracts.discoveries import Answered, Discovery, Inquiry, Outcome, Sort
from swarm_app.errors import EngineAway
from workers.models.calls import Calls
from workers.models.named import Named

_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 0.5  # seconds until a call that others are at is asked for again
_PASSING = {"timestamp", "run_id", "conversation_id", "metadata", "usage", "provider_response_id"}
T = TypeVar("T")
_ANYTHING = TypeAdapter[Any](Any)
_DECIDING = ("function_tools", "output_tools", "output_mode", "output_object", "allow_text_output")


@dataclass(frozen=True)
class Saved:
    """What a brief got without a call of its own, and what that had taken others."""

    shared: int = 0
    saved_tokens: int = 0
    saved_usd: float = 0.0


class SharedCalls(WrapperModel):
    """A brief's `Calls`, made only where nobody has made the same one. What is shared costs nothing."""

    def __init__(self, calls: Calls, engine: Named, context: Context) -> None:
        super().__init__(calls)
        self.saved = Saved()
        self._calls = calls
        self._engine = engine
        self._context = context
        self._keepings: set[asyncio.Task[None]] = set()

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        """The answer to this very request, made by whoever asked first.

        Raises what `Calls.request` raises, if that is this brief, and `EngineAway` when no time is left to
        wait for another's answer.
        """
        inquiry = Inquiry(
            sort=Sort.CALL,
            signature=signature(self._engine, messages, model_settings, model_request_parameters),
            most_s=max(1.0, self._context.remaining),
        )
        answered = await self._asked(inquiry)
        if answered.found:
            return self._taken(answered.found)
        if answered.outcome is Outcome.APART:
            return await self._calls.request(messages, model_settings, model_request_parameters)
        return await self._made(inquiry, messages, model_settings, model_request_parameters)

    async def settling(self, work: Awaitable[T]) -> T:
        """What comes of the work, once its calls are counted in the store, and kept for who asks the same."""
        try:
            return await self._calls.settling(work)
        finally:
            await asyncio.gather(*self._keepings)

    async def _asked(self, inquiry: Inquiry) -> Answered:
        pause = _FIRST_PAUSE
        while (answered := await asyncio.to_thread(self._context.log.ask, inquiry)).outcome is Outcome.THEIRS:
            if self._context.remaining <= pause:
                raise EngineAway(f"{self._engine.name}: no time was left to wait for another's same call.")
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        return answered

    def _taken(self, found: Discovery) -> ModelResponse:
        self.saved = Saved(
            shared=self.saved.shared + 1,
            saved_tokens=self.saved.saved_tokens + found.tokens,
            saved_usd=self.saved.saved_usd + found.cost_usd,
        )
        self._calls.ledger.author = self._engine.name
        (answer,) = ModelMessagesTypeAdapter.validate_json(found.result)
        assert isinstance(answer, ModelResponse)
        return answer

    async def _made(self, inquiry: Inquiry, *request: Any) -> ModelResponse:
        log, before = self._context.log, self._calls.ledger.cost_usd
        try:
            answer = await self._calls.request(*request)
        except BaseException as error:
            failed = not isinstance(error, asyncio.CancelledError)
            await asyncio.to_thread(log.drop, inquiry, failed=failed)
            raise
        made = Discovery(
            result=ModelMessagesTypeAdapter.dump_json([answer]).decode(),
            tokens=answer.usage.total_tokens,
            cost_usd=self._calls.ledger.cost_usd - before,
        )
        self._keepings.add(asyncio.create_task(asyncio.to_thread(log.keep, inquiry, "", made)))
        return answer


def signature(
    engine: Named,
    messages: list[ModelMessage],
    settings: ModelSettings | None,
    parameters: ModelRequestParameters,
) -> str:
    """The SHA-256 of all that an answer depends on: account and model, words, settings and tools.

    Left out is what differs in every request and no model reads: times, and ids of runs and answers. Ids of
    tools' calls count by the order in which they appear.
    """
    told = ModelMessagesTypeAdapter.dump_python(messages, mode="json")
    order: dict[str, int] = {}
    asked = [
        [engine.name, engine.account.protocol, engine.account.base_url],
        [
            _lasting(message) | {"parts": [_part(part, order) for part in message["parts"]]}
            for message in told
        ],
        dict(settings or {}),
        {name: _ANYTHING.dump_python(getattr(parameters, name), mode="json") for name in _DECIDING},
    ]
    return sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def _part(part: dict[str, Any], order: dict[str, int]) -> dict[str, Any]:
    lasting = _lasting(part)
    if called := part.get("tool_call_id"):
        lasting["tool_call_id"] = order.setdefault(called, len(order))
    return lasting


def _lasting(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in _PASSING}
