"""Briefs: claimed with a lease, reported once."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from swarm_app.contracts.research import Brief, Finding, Kind
from swarm_app.contracts.run import BriefState
from swarm_app.errors import ClaimError
from swarm_app.keys import Keys
from swarm_app.store.connection import Client
from swarm_app.store.scripts import EVENTS_KEPT, Scripts

_CHUNK = 200  # briefs in one pipeline


class Claim(StrEnum):
    """What came of claiming a brief."""

    GRANTED = "granted"
    REPORTED = "reported"  # its finding is stored: there is nothing to do
    HELD = "held"  # another worker has it, and its lease runs
    ENDED = "ended"  # its run is not running
    UNKNOWN = "unknown"  # it has expired, or never was


@dataclass(frozen=True)
class Claimed:
    """The answer to a claim; `brief` and `attempts` only where it was granted."""

    outcome: Claim
    brief: Brief | None = None
    attempts: int = 0


class Briefs:
    """What workers are asked, and the one finding each of them has."""

    def __init__(self, client: Client, keys: Keys, scripts: Scripts, ttl: int, lease: int) -> None:
        self._client = client
        self._keys = keys
        self._scripts = scripts
        self._ttl = ttl
        self._lease = lease

    def put(self, briefs: Sequence[Brief]) -> None:
        """Store briefs as waiting; one that is stored already stays as it is."""
        for start in range(0, len(briefs), _CHUNK):
            with self._client.pipeline(transaction=False) as pipe:
                for brief in briefs[start : start + _CHUNK]:
                    key = self._keys.brief(brief.brief_id)
                    pipe.hsetnx(key, "brief", brief.model_dump_json())
                    pipe.hsetnx(key, "label", json.dumps(label(brief)))
                    pipe.hsetnx(key, "state", BriefState.WAITING.value)
                    pipe.expire(key, self._ttl)
                pipe.execute()

    def get(self, brief_ids: Sequence[str]) -> list[Brief]:
        """The briefs of these ids that are stored, in order."""
        with self._client.pipeline(transaction=False) as pipe:
            for brief_id in brief_ids:
                pipe.hget(self._keys.brief(brief_id), "brief")
            stored = pipe.execute()
        return [Brief.model_validate_json(brief) for brief in stored if brief]

    def states(self, brief_ids: Sequence[str]) -> list[BriefState | None]:
        """Where each brief stands; None for one that is not stored."""
        with self._client.pipeline(transaction=False) as pipe:
            for brief_id in brief_ids:
                pipe.hget(self._keys.brief(brief_id), "state")
            return [BriefState(state) if state else None for state in pipe.execute()]

    def claim(self, brief_id: str, worker: str) -> Claimed:
        """Ask for a brief: attempt counted and lease taken in one atomic step."""
        run_id = _run_id(brief_id)
        answer = self._scripts.claim(
            keys=[self._keys.brief(brief_id), self._keys.progress(run_id), self._keys.events(run_id)],
            args=[worker, time.time(), self._lease, self._ttl, EVENTS_KEPT],
        )
        if Claim(answer[0]) is not Claim.GRANTED:
            return Claimed(Claim(answer[0]))
        return Claimed(Claim.GRANTED, Brief.model_validate_json(answer[1]), int(answer[2]))

    def release(self, brief_id: str, attempt: int) -> bool:
        """Give a claimed brief back; False if this attempt does not hold it."""
        return bool(self._scripts.release(keys=[self._keys.brief(brief_id)], args=[attempt]))

    def report(self, brief: Brief, finding: Finding) -> bool:
        """Store a finding and close its brief in one atomic step.

        Returns False if the brief was reported before: that report stands. Raises `ClaimError` when the run
        was cancelled or the brief is not known.
        """
        failed = finding.kind is Kind.FAILED
        keys, run_id = self._keys, brief.run_id
        outcome = self._scripts.report(
            keys=[
                keys.brief(brief.brief_id),
                keys.finding(finding.finding_id),
                keys.findings(run_id),
                keys.passed(run_id, brief.pass_number),
                keys.progress(run_id),
                keys.events(run_id),
            ],
            args=[
                finding.finding_id,
                finding.model_dump_json(),
                "failed" if failed else "reported",
                json.dumps(_told(brief, finding)),
                finding.reported_at,
                self._ttl,
                EVENTS_KEPT,
            ],
        )
        if outcome not in {"stored", "duplicate"}:
            raise ClaimError(f"Brief {brief.brief_id} takes no report: {outcome}. Nothing was stored.")
        return bool(outcome == "stored")


def label(brief: Brief) -> dict[str, str | int]:
    """What events say of a brief."""
    return {"pass": brief.pass_number, "number": brief.number, "angle": brief.angle}


def _told(brief: Brief, finding: Finding) -> dict[str, object]:
    told: dict[str, object] = {**label(brief), "worker": finding.worker_id, "finding_id": finding.finding_id}
    if finding.kind is Kind.FAILED:
        return told | {"reason": finding.summary}
    return told | {
        "kind": finding.kind.value,
        "summary": finding.summary,
        "confidence": finding.confidence,
        "citations": len(finding.citations),
        "source": finding.citations[0].source if finding.citations else "",
    }


def _run_id(brief_id: str) -> str:
    return brief_id.partition(".")[0]
