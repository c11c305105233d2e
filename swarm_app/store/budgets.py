"""Budgets: what a run may spend on models, in all and on single engines."""

import time
from collections.abc import Mapping

from swarm_app.contracts.budget import Budget, Spending
from swarm_app.contracts.limits import Limit
from swarm_app.contracts.run import Progress, Run
from swarm_app.keys import Keys
from swarm_app.store.connection import Client

_KINDS = {"budget_usd": "usd", "budget_tokens": "tokens"}  # field -> of a `Budget`


def fields(budgets: Mapping[str, Budget]) -> dict[str, str]:
    """The budgets of engines as the store has them."""
    return {
        f"{kind} {engine}": repr(most)
        for engine, budget in budgets.items()
        for kind, name in _KINDS.items()
        if (most := getattr(budget, name)) is not None
    }


class Budgets:
    """Dollars and tokens of runs; calls set them aside and settle them in `Calls`."""

    def __init__(self, client: Client, keys: Keys, ttl: int) -> None:
        self._client = client
        self._keys = keys
        self._ttl = ttl

    def set(self, run_id: str, *, budget_usd: float | None = None, budget_tokens: int | None = None) -> None:
        """Give a run another budget; what is None stays as it was."""
        given = {"budget_usd": budget_usd, "budget_tokens": budget_tokens}
        if changed := {name: repr(budget) for name, budget in given.items() if budget is not None}:
            self._change(self._keys.progress(run_id), changed, "budget_spent")

    def set_engines(self, run_id: str, budgets: Mapping[str, Budget]) -> None:
        """Give a run's engines other budgets; those that are not named keep theirs."""
        if changed := fields(budgets):
            ended = [f"budget_spent {engine}" for engine in budgets]
            self._change(self._keys.spending(run_id), changed, *ended)
            if self._client.hget(self._keys.progress(run_id), "budget_spent") == Limit.ENGINE_BUDGETS:
                self._client.hdel(self._keys.progress(run_id), "budget_spent")

    def end_engines(self, run_id: str) -> None:
        """Note that no engine of a brief may spend any more: the run gives out no more briefs."""
        self._client.hset(self._keys.progress(run_id), "budget_spent", Limit.ENGINE_BUDGETS.value)

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
        if progress.budget_spent == Limit.BUDGET_USD and run.budget_usd:
            self.set(run.run_id, budget_usd=progress.spent_usd + run.budget_usd)
        if progress.budget_spent == Limit.BUDGET_TOKENS and run.budget_tokens:
            self.set(run.run_id, budget_tokens=progress.spent_tokens + run.budget_tokens)
        if progress.budget_spent == Limit.ENGINE_BUDGETS:
            spent = {each.engine: each for each in self.spending(run.run_id) if each.budget_spent}
            more = {name: _more(run.engine_budgets.get(name), each) for name, each in spent.items()}
            self.set_engines(run.run_id, more)

    def spending(self, run_id: str) -> list[Spending]:
        """What each engine of a run has spent, by its name."""
        found: dict[str, dict[str, str]] = {}
        for field, value in self._client.hgetall(self._keys.spending(run_id)).items():
            kind, _, engine = field.partition(" ")
            found.setdefault(engine, {})[kind] = value
        return [Spending.model_validate({"engine": name, **found[name]}) for name in sorted(found)]

    def _change(self, key: str, changed: Mapping[str, str], *ended: str) -> None:
        with self._client.pipeline() as pipe:
            pipe.hset(key, mapping=dict(changed))
            pipe.hdel(key, *ended)
            pipe.expire(key, self._ttl)
            pipe.execute()


def _more(first: Budget | None, spent: Spending) -> Budget:
    """As much again as was first allowed, from what is spent."""
    again = first or Budget(usd=spent.budget_usd, tokens=spent.budget_tokens)
    return Budget(
        usd=again.usd and spent.spent_usd + again.usd,
        tokens=again.tokens and spent.spent_tokens + again.tokens,
    )
