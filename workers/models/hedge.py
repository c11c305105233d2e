"""Hedging: a call slower than 95 in 100 of its engine's is made a second time, and the first answer wins."""

import asyncio
import time
from collections.abc import Sequence

from pydantic_ai.messages import ModelResponse

from swarm_app.contracts.calls import Call
from swarm_app.errors import BudgetSpent, EngineAway
from swarm_app.settings import current
from workers.models.ledger import Ledger
from workers.models.line import Line, Request
from workers.models.named import Named
from workers.models.prices import free
from workers.models.refusals import FILTERED

_Answers = list[asyncio.Task[ModelResponse]]


def second(engine: Named, others: Sequence[Named]) -> Named | None:
    """Who makes an engine's slow calls again: of ``others`` the first of another account, else itself.

    None if nobody may: without `SWARM_HEDGE_MODELS` only engines that cost nothing do.
    """
    elsewhere = [
        each for each in others if each.account_name != engine.account_name and _works_alike(each, engine)
    ]
    return next((each for each in (*elsewhere, engine) if free(each) or current().hedge_models), None)


def _works_alike(one: Named, other: Named) -> bool:
    """Whether both call tools, or neither: what one was asked can then be put to the other."""
    return one.account.tools == other.account.tools


class Hedge:
    """Makes calls on the first line, and the slow ones on the second line too, if there is one."""

    def __init__(self, first: Line, second: Line | None, ledger: Ledger) -> None:
        self._first = first
        self._second = second
        self._ledger = ledger

    async def made(self, call: Call, request: Request) -> ModelResponse:
        """The first answer; the call that was slower is cancelled. Raises the first line's error."""
        if self._second is None or not self._second.takes(request):
            return await self._first.made(call, request)
        answers = [asyncio.create_task(self._first.made(call, request))]
        try:
            if await self._is_slow(answers[0]):
                await self._hedged(self._second, answers, request)
            return await _first_of(answers)
        finally:
            for answer in answers:
                answer.cancel()
            await asyncio.gather(*answers, return_exceptions=True)

    async def _is_slow(self, answer: asyncio.Task[ModelResponse]) -> bool:
        """Whether it is not there when 95 in 100 of its engine's calls would be."""
        began = time.monotonic()
        bound = await self._first.slow_after()
        if bound is None:
            return False
        await asyncio.wait([answer], timeout=max(0.0, began + bound - time.monotonic()))
        return not answer.done()

    async def _hedged(self, line: Line, answers: _Answers, request: Request) -> None:
        """Add a second call, as soon as it has leave and while the first one is in the air."""
        call = line.call(request.tokens, spare=True)
        try:
            while (wait := await line.ask(call)) and not answers[0].done():
                await asyncio.wait([answers[0]], timeout=wait)
        except (BudgetSpent, EngineAway):
            return
        if wait:
            return
        if answers[0].done():
            line.unmade(call)
            return
        self._ledger.hedges += 1
        answers.append(asyncio.create_task(line.made(call, request)))


async def _first_of(answers: _Answers) -> ModelResponse:
    """The first answer that is one, and no refusal; when there is none, what came of the first call."""
    waiting = set(answers)
    while waiting:
        done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for answer in done:
            if answer.exception() is None and answer.result().finish_reason != FILTERED:
                return answer.result()
    return await answers[0]
