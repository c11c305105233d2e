"""Passes of runs: each opened, closed and concluded once, by whichever driver comes first."""

import json
import time
from collections.abc import Sequence
from typing import NamedTuple

from swarm_app.contracts.ids import brief_id
from swarm_app.contracts.plan import PassSpec
from swarm_app.contracts.research import Conclusion, Synthesis
from swarm_app.contracts.run import PassProgress
from swarm_app.keys import Keys
from swarm_app.store.allocations import listed
from swarm_app.store.connection import Client
from swarm_app.store.runs import Runs
from swarm_app.store.scripts import EVENTS_KEPT, Scripts


class Closed(NamedTuple):
    """How a pass was closed."""

    known: int  # findings that the run had then
    at: float  # Unix seconds


class Passes:
    """Where the passes of a run stand, and what they concluded."""

    def __init__(self, client: Client, keys: Keys, scripts: Scripts, runs: Runs, ttl: int) -> None:
        self._client = client
        self._keys = keys
        self._scripts = scripts
        self._runs = runs
        self._ttl = ttl

    def open(
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

        False if it was open already: what was withheld then stands. False too if the pass before it goes on.
        """
        before = [self._keys.passed(run_id, number - 1)] if number > 1 else []
        opened = self._scripts.open_pass(
            keys=[
                self._keys.progress(run_id),
                self._keys.passed(run_id, number),
                self._keys.events(run_id),
                *before,
            ],
            args=[
                *(number, spec.name, workers - len(withheld), time.time(), self._ttl, EVENTS_KEPT),
                *(listed(withheld), limit),
            ],
        )
        return bool(opened)

    def close(self, run_id: str, number: int, opened_at: float) -> Closed | None:
        """Close a pass before it is concluded, or tell how it first was; None if it was opened anew since.

        No brief of it is given out any more, and what is reported from here on is late. So all who conclude
        it do so from the same findings.
        """
        keys = [self._keys.passed(run_id, number), self._keys.findings(run_id)]
        closed = self._scripts.close_pass(keys=keys, args=[time.time(), opened_at])
        return Closed(int(closed[0]), float(closed[1])) if closed else None

    def is_closed(self, run_id: str, number: int) -> bool:
        """Whether a pass was closed, concluded or not."""
        return bool(self._client.hexists(self._keys.passed(run_id, number), "closed_at"))

    def conclude(self, synthesis: Synthesis, conclusion: Conclusion) -> bool:
        """Store the synthesis of a pass that was closed, and what it tells the coordinator.

        False if it has one, or was opened again since it was closed for this one.
        """
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
        concluded = self._scripts.conclude_pass(
            keys=[
                self._keys.passed(run_id, number),
                self._keys.conclusions(run_id),
                self._keys.events(run_id),
            ],
            args=[
                *(synthesis.model_dump_json(), synthesis.at),
                *(number, conclusion.model_dump_json(exclude_defaults=True)),
                *(json.dumps(data), time.time(), self._ttl, EVENTS_KEPT),
            ],
        )
        return bool(concluded)

    def reopen(self, run_id: str) -> bool:
        """Open the last pass of a stopped run again, if a limit let it conclude before all of it was done.

        What is done stands; False if there is no such pass.
        """
        concluded = self.syntheses(run_id)
        if not concluded or concluded[-1].is_whole(self._given(run_id, len(concluded))):
            return False
        last, keys = concluded[-1], self._keys
        number = last.pass_number
        opened = self._scripts.reopen_pass(
            keys=[
                *(keys.progress(run_id), keys.passed(run_id, number), keys.passed(run_id, number + 1)),
                *(keys.writing(run_id, number), keys.brief(brief_id(run_id, number, 0))),
                *(keys.writings(run_id), keys.conclusions(run_id), keys.events(run_id)),
            ],
            args=[
                *(number, json.dumps({"pass": number, "name": last.pass_name})),
                *(time.time(), self._ttl, EVENTS_KEPT),
            ],
        )
        return bool(opened)

    def _given(self, run_id: str, number: int) -> int:
        """How many briefs of a pass were given out."""
        return int(self._client.hget(self._keys.passed(run_id, number), "workers") or 0)

    def put(self, synthesis: Synthesis) -> None:
        """Store what a pass came to without closing it, for a run that is not driven; the last one stands."""
        key = self._keys.passed(synthesis.run_id, synthesis.pass_number)
        with self._client.pipeline() as pipe:
            pipe.hset(key, "synthesis", synthesis.model_dump_json())
            pipe.expire(key, self._ttl)
            pipe.execute()

    def opened_at(self, run_id: str, number: int) -> float:
        """When a pass was opened, in Unix seconds, without the time that it was closed; 0 if it was not."""
        return float(self._client.hget(self._keys.passed(run_id, number), "opened_at") or 0)

    def synthesis(self, run_id: str, number: int) -> Synthesis | None:
        """What a pass concluded, or None while it is open."""
        stored = self._client.hget(self._keys.passed(run_id, number), "synthesis")
        return Synthesis.model_validate_json(stored) if stored else None

    def syntheses(self, run_id: str) -> list[Synthesis]:
        """What the run's passes concluded so far, in order."""
        passes = len(self._runs.get(run_id).plan.passes)
        with self._client.pipeline(transaction=False) as pipe:
            for number in range(1, passes + 1):
                pipe.hget(self._keys.passed(run_id, number), "synthesis")
            stored = pipe.execute()
        return [Synthesis.model_validate_json(synthesis) for synthesis in stored if synthesis]

    def standings(self, run_id: str) -> list[PassProgress]:
        """Every pass of the plan and where it stands; no repair pass that has not begun."""
        run = self._runs.get(run_id)
        findings: dict[int, list[str]] = {}
        for finding in self._runs.findings(run_id):
            findings.setdefault(finding.pass_number, []).append(finding.finding_id)
        passes = [
            (spec, self._pass(run_id, number, spec, tuple(findings.get(number, ()))))
            for number, spec in enumerate(run.plan.passes, 1)
        ]
        begun = self._runs.progress(run_id).pass_number
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
