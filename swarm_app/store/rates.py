"""Rates: how fast a vendor's account may be called, shared by all workers on all hosts."""

import time

from swarm_app.contracts.calls import Call, Landing
from swarm_app.keys import Keys
from swarm_app.store.connection import Client
from swarm_app.store.scripts import Scripts

_TTL = 3_600  # seconds after the last call that an account's state is kept


class Rates:
    """Buckets of requests and tokens for each account, and the calls in the air."""

    def __init__(self, client: Client, keys: Keys, scripts: Scripts) -> None:
        self._client = client
        self._keys = keys
        self._scripts = scripts

    def admit(self, call: Call) -> float:
        """0 when the call may go, and is counted; else the seconds to wait before asking again."""
        limits = call.limits
        wait = self._scripts.admit(
            keys=[self._keys.account(call.account), self._keys.calls(call.account)],
            args=[
                call.call_id,
                time.time(),
                call.tokens,
                limits.requests_per_minute or 0,
                limits.tokens_per_minute or 0,
                limits.concurrency or 0,
                call.patience,
                _TTL,
            ],
        )
        return float(wait)

    def landed(self, call: Call, landing: Landing, *, tokens: int = 0, pause: float = 0.0) -> None:
        """Note how a call ended: the tokens it took, and for how many seconds the vendor wants no other."""
        keys = self._keys
        self._scripts.landed(
            keys=[keys.account(call.account), keys.calls(call.account), keys.answered(call.account)],
            args=[call.call_id, time.time(), landing.value, pause, call.tokens - tokens, _TTL],
        )

    def learnt(self, account: str) -> float | None:
        """The requests a minute that refusals have taught us; None while there were none."""
        rate = self._client.hget(self._keys.account(account), "rate")
        return None if rate is None else float(rate)
