"""Budgets: what a run may spend on models, set aside before each call and settled after it."""

import time
from enum import StrEnum

from swarm_app.contracts.calls import Call
from swarm_app.contracts.run import Progress, Run
from swarm_app.keys import Keys
from swarm_app.store.connection import Client
from swarm_app.store.scripts import Scripts


class Leave(StrEnum):
    """What came of setting something aside."""

    GRANTED = "granted"
    LATER = "later"  # once other calls are settled
    SPENT = "spent"


class Budgets:
    """Dollars and tokens of runs."""

    def __init__(self, client: Client, keys: Keys, scripts: Scripts, ttl: int) -> None:
        self._client = client
        self._keys = keys
        self._scripts = scripts
        self._ttl = ttl

    def reserve(self, run_id: str, call: Call) -> Leave:
        """Set aside what a call is expected to take; without a budget that is always granted."""
        answer = self._scripts.reserve(
            keys=[self._keys.progress(run_id), self._keys.reserved(run_id)],
            args=[call.call_id, call.cost_usd, call.tokens, time.time(), call.patience, self._ttl],
        )
        return Leave(answer)

    def settle(self, run_id: str, call: Call, *, tokens: int = 0, cost_usd: float = 0.0) -> None:
        """Count what a call took in the place of what was set aside for it."""
        progress = self._keys.progress(run_id)
        with self._client.pipeline() as pipe:
            pipe.hdel(self._keys.reserved(run_id), call.call_id)
            pipe.hincrbyfloat(progress, "spent_usd", cost_usd)
            pipe.hincrby(progress, "spent_tokens", tokens)
            pipe.expire(progress, self._ttl)
            pipe.execute()

    def set(self, run_id: str, *, budget_usd: float | None = None, budget_tokens: int | None = None) -> None:
        """Give a run another budget; what is None stays as it was."""
        given = {"budget_usd": budget_usd, "budget_tokens": budget_tokens}
        changed = {name: repr(budget) for name, budget in given.items() if budget is not None}
        if changed:
            with self._client.pipeline() as pipe:
                pipe.hset(self._keys.progress(run_id), mapping=changed)
                pipe.hdel(self._keys.progress(run_id), "budget_spent")
                pipe.execute()

    def extend(self, run: Run, progress: Progress) -> None:
        """Allow a run that one of its limits has stopped as much again, from where it stands.

        Two who do so at once, for the same progress, do it once.
        """
        allowed: dict[str, float] = {}
        if run.deadline_s and progress.ends_at and time.time() >= progress.ends_at:
            allowed["ends_at"] = time.time() + run.deadline_s
        if run.max_briefs and progress.most_briefs and progress.executed >= progress.most_briefs:
            allowed["most_briefs"] = progress.executed + run.max_briefs
        if allowed:
            self._client.hset(self._keys.progress(run.run_id), mapping=allowed)
        if progress.budget_spent == "budget_usd" and run.budget_usd:
            self.set(run.run_id, budget_usd=progress.spent_usd + run.budget_usd)
        if progress.budget_spent == "budget_tokens" and run.budget_tokens:
            self.set(run.run_id, budget_tokens=progress.spent_tokens + run.budget_tokens)
