"""Calls to vendors: leave before each, and its account after it; shared by all workers on all hosts."""

import time
from enum import StrEnum
from typing import NamedTuple

from swarm_app.contracts.calls import Call, Landing
from swarm_app.keys import Keys
from swarm_app.store.connection import Client
from swarm_app.store.scripts import Scripts

_TTL = 3_600  # seconds after the last call that an account's state is kept
_KEPT = 200  # of an engine's latest calls, how long they took
_ENOUGH = 20  # of them, to tell the slowest in twenty


class Answer(StrEnum):
    """What came of asking for leave."""

    GRANTED = "granted"
    WAIT = "wait"  # the account takes no more for a while
    LATER = "later"  # once other calls are settled, the budget may reach
    AWAY = "away"  # the engine's own budget does not reach
    SPENT = "spent"  # the run's budget does not reach


class Leave(NamedTuple):
    """The answer, and the seconds to wait if it is `WAIT`."""

    answer: Answer
    seconds: float = 0.0


class Calls:
    """Buckets of requests and tokens for each account, what runs spend, and how long engines take."""

    def __init__(self, client: Client, keys: Keys, scripts: Scripts, ttl: int) -> None:
        self._client = client
        self._keys = keys
        self._scripts = scripts
        self._ttl = ttl

    def leave(self, run_id: str, call: Call) -> Leave:
        """Leave for a call, which is then counted as in the air, and what it will take set aside."""
        keys, limits = self._keys, call.limits
        answer, seconds = self._scripts.leave(
            keys=[
                keys.progress(run_id),
                keys.reserved(run_id),
                keys.spending(run_id),
                keys.account(call.account),
                keys.calls(call.account),
            ],
            args=[
                call.call_id,
                call.engine,
                time.time(),
                call.cost_usd,
                call.tokens,
                limits.requests_per_minute or 0,
                limits.tokens_per_minute or 0,
                limits.concurrency or 0,
                call.patience,
                self._ttl,
                _TTL,
                int(call.spare),
            ],
        )
        return Leave(Answer(answer), float(seconds))

    def landed(
        self,
        run_id: str,
        call: Call,
        landing: Landing,
        *,
        tokens: int = 0,
        cost_usd: float = 0.0,
        seconds: float = 0.0,
        pause: float = 0.0,
    ) -> None:
        """Note how a call ended: what it took, and for how many seconds the vendor wants no other.

        ``seconds`` is how long the engine took, or was waited for in vain; 0 where that says nothing of it.
        """
        keys = self._keys
        self._scripts.landed(
            keys=[
                keys.account(call.account),
                keys.calls(call.account),
                keys.answered(call.account),
                keys.seconds(call.engine),
                keys.progress(run_id),
                keys.reserved(run_id),
                keys.spending(run_id),
            ],
            args=[
                call.call_id,
                call.engine,
                time.time(),
                landing.value,
                cost_usd,
                tokens,
                call.tokens,
                seconds,
                pause,
                call.patience,
                _KEPT,
                self._ttl,
                _TTL,
            ],
        )

    def slow(self, engine: str) -> float | None:
        """The seconds that 95 in 100 of the engine's latest calls stay below; None while they are too few."""
        took = sorted(map(float, self._client.lrange(self._keys.seconds(engine), 0, -1)))
        return took[int(0.95 * len(took))] if len(took) >= _ENOUGH else None

    def learnt(self, account: str) -> float | None:
        """The requests a minute that refusals have taught us; None while there were none."""
        rate = self._client.hget(self._keys.account(account), "rate")
        return None if rate is None else float(rate)
