"""Runs: written once, and their state, which moves by compare-and-set only."""

import json
import time
from collections.abc import Iterable
from contextlib import suppress

from swarm_app.contracts.research import Finding
from swarm_app.contracts.run import Progress, Run, RunState
from swarm_app.errors import UnknownError
from swarm_app.keys import Keys
from swarm_app.store.budgets import fields
from swarm_app.store.connection import Client
from swarm_app.store.scripts import EVENTS_KEPT, Scripts

_CHUNK = 500  # findings in one MGET


class Runs:
    """What was asked, where it stands, and what its workers found."""

    def __init__(self, client: Client, keys: Keys, scripts: Scripts, ttl: int) -> None:
        self._client = client
        self._keys = keys
        self._scripts = scripts
        self._ttl = ttl

    def create(self, run: Run, *, state: RunState = RunState.QUEUED) -> None:
        """Store a run as `queued`, or as one that is not driven: it then does not count as active."""
        keys = self._keys
        data = {
            "question": run.question,
            "plan": run.plan.name,
            "engine": run.engine,
            "passes": [{"name": spec.name, "workers": spec.workers} for spec in run.plan.passes],
            "shards": list(run.shards),
            "documents": run.documents,
            "tokens": run.tokens,
        }
        event = {"type": "run.queued", "at": repr(run.queued_at), "data": json.dumps(data)}
        with self._client.pipeline() as pipe:
            pipe.set(keys.run(run.run_id), run.model_dump_json(), ex=self._ttl)
            pipe.hset(keys.progress(run.run_id), mapping=_limits(run) | {"state": state.value})
            pipe.expire(keys.progress(run.run_id), self._ttl)
            if budgets := fields(run.engine_budgets):
                pipe.hset(keys.spending(run.run_id), mapping=budgets)
                pipe.expire(keys.spending(run.run_id), self._ttl)
            pipe.zadd(keys.runs(), {run.run_id: run.queued_at})
            pipe.expire(keys.runs(), self._ttl)
            if state is RunState.QUEUED:
                pipe.sadd(keys.active(), run.run_id)
                pipe.expire(keys.active(), self._ttl)
            pipe.xadd(keys.events(run.run_id), event)
            pipe.expire(keys.events(run.run_id), self._ttl)
            pipe.execute()

    def get(self, run_id: str) -> Run:
        """A run by its id; raises `UnknownError`."""
        stored = self._client.get(self._keys.run(run_id))
        if stored is None:
            raise _unknown(run_id)
        return Run.model_validate_json(stored)

    def progress(self, run_id: str) -> Progress:
        """Where the run stands; raises `UnknownError`."""
        fields = self._client.hgetall(self._keys.progress(run_id))
        if not fields:
            raise _unknown(run_id)
        return Progress.model_validate({"run_id": run_id, **fields})

    def latest(self, *, limit: int = 50, offset: int = 0) -> list[str]:
        """Run ids, the last queued first; those that have expired are forgotten on the way."""
        self._client.zremrangebyscore(self._keys.runs(), "-inf", time.time() - self._ttl)
        found: list[str] = self._client.zrange(self._keys.runs(), offset, offset + limit - 1, desc=True)
        return found

    def remembered(self, run_ids: Iterable[str]) -> set[str]:
        """Those of these runs that are stored."""
        asked = list(run_ids)
        with self._client.pipeline(transaction=False) as pipe:
            for run_id in asked:
                pipe.exists(self._keys.run(run_id))
            return {run_id for run_id, stored in zip(asked, pipe.execute(), strict=True) if stored}

    def page(self, *, limit: int, offset: int) -> list[tuple[Run, Progress]]:
        """Runs and where they stand, the last queued first."""
        found = []
        for run_id in self.latest(limit=limit, offset=offset):
            with suppress(UnknownError):  # it has just expired
                found.append((self.get(run_id), self.progress(run_id)))
        return found

    def resolve(self, beginning: str) -> str:
        """The one run whose id begins so, with or without ``run_``; raises `UnknownError`."""
        if self._client.exists(self._keys.run(beginning)):
            return beginning
        wanted = f"run_{beginning.removeprefix('run_')}"
        ids: list[str] = self._client.zrange(self._keys.runs(), 0, -1)
        matching = [run_id for run_id in ids if run_id.startswith(wanted)]
        if len(matching) != 1:
            raise _unknown(beginning)
        return matching[0]

    def active(self) -> list[str]:
        """The ids of runs that are queued or running; those that have expired are forgotten on the way."""
        found = self._client.smembers(self._keys.active())
        there = self.remembered(found)
        if gone := found - there:
            self._client.srem(self._keys.active(), *gone)
        return sorted(there)

    def move(
        self, run_id: str, expected: set[RunState], to: RunState, *, reason: str = "", last: int = 0
    ) -> bool:
        """Move a run from an ``expected`` state; False if it was in none of them.

        False too if the ``last`` pass that it ends with is not concluded (any more).
        """
        passed = [self._keys.passed(run_id, last)] if last else []
        moved = self._scripts.transition(
            keys=[self._keys.progress(run_id), self._keys.active(), self._keys.events(run_id), *passed],
            args=[run_id, ",".join(sorted(expected)), to.value, reason, time.time(), self._ttl, EVENTS_KEPT],
        )
        return bool(moved)

    def start_if_queued_since(self, run_id: str, moment: float) -> None:
        """Start a run whose message was lost: queued before ``moment`` (Unix seconds) and never begun."""
        if self.progress(run_id).state is RunState.QUEUED and self.get(run_id).queued_at < moment:
            self.move(run_id, {RunState.QUEUED}, RunState.RUNNING)

    def finding(self, finding_id: str) -> Finding:
        """A finding by its id; raises `UnknownError`."""
        stored = self._client.get(self._keys.finding(finding_id))
        if stored is None:
            raise UnknownError(f"There is no finding {finding_id!r}. `swarm show RUN --json` lists a run's.")
        return Finding.model_validate_json(stored)

    def findings(self, run_id: str) -> list[Finding]:
        """All findings of a run, in the order they were reported."""
        return [Finding.model_validate_json(stored) for stored in self.reported(run_id)]

    def reported(self, run_id: str, start: int = 0) -> list[str]:
        """The findings of a run as JSON, in the order they were reported, from place ``start`` (0) on."""
        ids = self._client.lrange(self._keys.findings(run_id), start, -1)
        found: list[str] = []
        for first in range(0, len(ids), _CHUNK):
            keys = [self._keys.finding(finding_id) for finding_id in ids[first : first + _CHUNK]]
            found += [stored for stored in self._client.mget(keys) if stored]
        return found


def _limits(run: Run) -> dict[str, str]:
    limits = {
        "ends_at": run.deadline_s and run.queued_at + run.deadline_s,
        "most_briefs": run.max_briefs,
        "budget_usd": run.budget_usd,
        "budget_tokens": run.budget_tokens,
    }
    return {name: repr(limit) for name, limit in limits.items() if limit}


def _unknown(run_id: str) -> UnknownError:
    return UnknownError(f"There is no run {run_id!r}. `swarm runs` lists the runs that are remembered.")
