"""Runs: written once, and their state, which moves by compare-and-set only."""

import json
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress

from swarm_app.contracts.plan import PassSpec
from swarm_app.contracts.research import Finding, Synthesis
from swarm_app.contracts.run import PassProgress, Progress, Run, RunState
from swarm_app.errors import UnknownError
from swarm_app.keys import Keys
from swarm_app.store.allocations import listed
from swarm_app.store.budgets import fields
from swarm_app.store.connection import Client
from swarm_app.store.scripts import EVENTS_KEPT, Scripts

_CHUNK = 500  # findings in one MGET


class Runs:
    """What was asked, where it stands, and what its passes concluded."""

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
        """The ids of runs that are queued or running."""
        found: set[str] = self._client.smembers(self._keys.active())
        return sorted(found)

    def move(self, run_id: str, expected: set[RunState], to: RunState, *, reason: str = "") -> bool:
        """Move a run from an ``expected`` state; False if it was in none of them."""
        moved = self._scripts.transition(
            keys=[self._keys.progress(run_id), self._keys.active(), self._keys.events(run_id)],
            args=[run_id, ",".join(sorted(expected)), to.value, reason, time.time(), self._ttl, EVENTS_KEPT],
        )
        return bool(moved)

    def start_if_queued_since(self, run_id: str, moment: float) -> None:
        """Start a run whose message was lost: queued before ``moment`` (Unix seconds) and never begun."""
        if self.progress(run_id).state is RunState.QUEUED and self.get(run_id).queued_at < moment:
            self.move(run_id, {RunState.QUEUED}, RunState.RUNNING)

    # Passes

    def open_pass(
        self,
        run_id: str,
        number: int,
        spec: PassSpec,
        workers: int,
        *,
        withheld: Sequence[int] = (),
        limit: str = "",
    ) -> bool:
        """Open a pass whose briefs are stored, ``withheld`` those that a ``limit`` does not reach for.

        False if it was open already: what was withheld then stands.
        """
        opened = self._scripts.open_pass(
            keys=[
                self._keys.progress(run_id),
                self._keys.passed(run_id, number),
                self._keys.events(run_id),
            ],
            args=[
                *(number, spec.name, workers - len(withheld), time.time(), self._ttl, EVENTS_KEPT),
                *(listed(withheld), limit),
            ],
        )
        return bool(opened)

    def shut_pass(self, run_id: str, number: int) -> int:
        """End a pass before it is concluded; returns how many findings the run had when it first was.

        No brief of it is given out any more, and what is reported from here on is late. So all who conclude
        it do so from the same findings.
        """
        keys = [self._keys.passed(run_id, number), self._keys.findings(run_id)]
        return int(self._scripts.shut_pass(keys=keys, args=[time.time()]))

    def is_shut(self, run_id: str, number: int) -> bool:
        """Whether a pass was ended, concluded or not."""
        return bool(self._client.hexists(self._keys.passed(run_id, number), "closed_at"))

    def close_pass(self, synthesis: Synthesis) -> bool:
        """Store a pass's synthesis; False if it has one."""
        run_id, number = synthesis.run_id, synthesis.pass_number
        opened = self._client.hget(self._keys.passed(run_id, number), "opened_at")
        data = {
            "pass": number,
            "name": synthesis.pass_name,
            "summary": synthesis.summary,
            "reported": synthesis.reported,
            "failed": synthesis.failed,
            "seconds": round(time.time() - float(opened or time.time()), 3),
            "verified": synthesis.evidence.verified,
            "dropped": synthesis.evidence.dropped,
        }
        closed = self._scripts.close_pass(
            keys=[self._keys.passed(run_id, number), self._keys.events(run_id)],
            args=[synthesis.model_dump_json(), json.dumps(data), time.time(), self._ttl, EVENTS_KEPT],
        )
        return bool(closed)

    def put_synthesis(self, synthesis: Synthesis) -> None:
        """Store what a pass came to without closing it, for a run that is not driven; the last one stands."""
        key = self._keys.passed(synthesis.run_id, synthesis.pass_number)
        with self._client.pipeline() as pipe:
            pipe.hset(key, "synthesis", synthesis.model_dump_json())
            pipe.expire(key, self._ttl)
            pipe.execute()

    def opened_at(self, run_id: str, number: int) -> float:
        """When a pass was opened, in Unix seconds; 0 if it was not."""
        return float(self._client.hget(self._keys.passed(run_id, number), "opened_at") or 0)

    def synthesis(self, run_id: str, number: int) -> Synthesis | None:
        """What a pass concluded, or None while it is open."""
        stored = self._client.hget(self._keys.passed(run_id, number), "synthesis")
        return Synthesis.model_validate_json(stored) if stored else None

    def syntheses(self, run_id: str) -> list[Synthesis]:
        """What the run's passes concluded so far, in order."""
        passes = len(self.get(run_id).plan.passes)
        found = (self.synthesis(run_id, number) for number in range(1, passes + 1))
        return [synthesis for synthesis in found if synthesis]

    def passes(self, run_id: str) -> list[PassProgress]:
        """Every pass of the plan and where it stands; no repair pass that has not begun."""
        run = self.get(run_id)
        findings: dict[int, list[str]] = {}
        for finding in self.findings(run_id):
            findings.setdefault(finding.pass_number, []).append(finding.finding_id)
        passes = [
            (spec, self._pass(run_id, number, spec, tuple(findings.get(number, ()))))
            for number, spec in enumerate(run.plan.passes, 1)
        ]
        begun = self.progress(run_id).pass_number
        return [each for spec, each in passes if not spec.repair or each.number <= begun]

    def _pass(self, run_id: str, number: int, spec: PassSpec, findings: tuple[str, ...]) -> PassProgress:
        fields = self._client.hgetall(self._keys.passed(run_id, number))
        stored = fields.get("synthesis")
        concluded = Synthesis.model_validate_json(stored) if stored else None
        closed = "closed_at" in fields and "opened_at" in fields
        seconds = float(fields["closed_at"]) - float(fields["opened_at"]) if closed else None
        return PassProgress(
            number=number,
            name=spec.name,
            workers=int(fields.get("workers", spec.workers)),
            reported=int(fields.get("reported", 0)),
            failed=int(fields.get("failed", 0)),
            synthesis=concluded.summary if concluded else None,
            synthesis_engine=concluded.engine if concluded else None,
            findings=findings,
            seconds=seconds,
        )

    # Findings

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
