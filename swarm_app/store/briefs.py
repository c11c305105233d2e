"""Briefs: claimed with a lease, kept by heartbeats, reported once."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import uuid4

from swarm_app.contracts.help import Outcome
from swarm_app.contracts.ids import parts_of_brief
from swarm_app.contracts.research import Brief, Finding, Kind
from swarm_app.contracts.run import BriefState
from swarm_app.errors import ClaimError
from swarm_app.keys import Keys
from swarm_app.settings import Settings
from swarm_app.store.connection import Client
from swarm_app.store.insights import KEPT
from swarm_app.store.scripts import EVENTS_KEPT, Scripts

_CHUNK = 200  # briefs in one pipeline


class Claiming(StrEnum):
    """What came of claiming a brief."""

    GRANTED = "granted"
    REPORTED = "reported"  # its finding is stored: there is nothing to do
    HELD = "held"  # another worker has it, and its lease runs
    BLOCKED = "blocked"  # others help first; whoever settles that sends it again
    ENDED = "ended"  # its run is not running
    CLOSED = "closed"  # its pass is, without it
    SPENT = "spent"  # its run's deadline has come, or its cap on executed briefs
    EXHAUSTED = "exhausted"  # it has had all of its attempts: it was lost with its worker every time
    UNKNOWN = "unknown"  # it has expired, or never was


class Renewal(StrEnum):
    """What came of renewing a lease; every answer but `RENEWED` says: stop."""

    RENEWED = "renewed"
    REPORTED = "reported"  # by another worker
    LOST = "lost"  # given to another worker
    CANCELLED = "cancelled"  # the run is
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Claimed:
    """The answer to a claim; `brief` and `attempts` only where it was granted or exhausted."""

    outcome: Claiming
    brief: Brief | None = None
    attempts: int = 0
    settled: Outcome | None = None  # how a blocker of the brief ended


@dataclass(frozen=True)
class Standing:
    """Where one brief stands. Times are Unix seconds, 0 where there is none."""

    brief_id: str
    state: BriefState
    attempts: int = 0  # how often it was given out
    returned: int = 0  # how often of these it was given back, blocked or to be done again: not lost
    lease_until: float = 0.0
    claimed_at: float = 0.0
    reported_at: float = 0.0
    sent_at: float = 0.0
    sends: int = 0
    hedge: str = ""
    failed: bool = False  # its finding is of that kind

    @property
    def used(self) -> int:
        """The attempts that count against it."""
        return self.attempts - self.returned

    @classmethod
    def of(cls, brief_id: str, fields: Sequence[str | None]) -> "Standing | None":
        """From the hash's fields, in the order of `_STANDING`; None for a brief that is not stored."""
        if fields[0] is None:
            return None
        state, attempts, returned, lease_until, claimed_at, reported_at, sent_at, sends, *more = fields
        hedge, failed = more
        return cls(
            brief_id,
            BriefState(state or BriefState.WAITING),
            attempts=int(attempts or 0),
            returned=int(returned or 0),
            lease_until=float(lease_until or 0),
            claimed_at=float(claimed_at or 0),
            reported_at=float(reported_at or 0),
            sent_at=float(sent_at or 0),
            sends=int(sends or 0),
            hedge=hedge or "",
            failed=failed == "1",
        )


_STANDING = (
    "state",
    "attempts",
    "returned",
    "lease_until",
    "claimed_at",
    "reported_at",
    "sent_at",
    "sends",
    "hedge",
    "failed",
)


class Briefs:
    """What workers are asked, and the one finding each of them has."""

    def __init__(self, client: Client, keys: Keys, scripts: Scripts, settings: Settings) -> None:
        self._client = client
        self._keys = keys
        self._scripts = scripts
        self._ttl = settings.run_ttl
        self._lease = settings.lease
        self._attempts = settings.attempts
        self._insight_ttl = settings.insight_ttl

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

    def standings(self, brief_ids: Sequence[str]) -> list[Standing]:
        """Where each of these briefs stands, those that are stored."""
        with self._client.pipeline(transaction=False) as pipe:
            for brief_id in brief_ids:
                pipe.hmget(self._keys.brief(brief_id), _STANDING)
            stored = pipe.execute()
        found = (Standing.of(*pair) for pair in zip(brief_ids, stored, strict=True))
        return [standing for standing in found if standing]

    def sent(self, brief_ids: Sequence[str]) -> None:
        """Note that these briefs' messages are being sent, before they are."""
        now = time.time()
        with self._client.pipeline(transaction=False) as pipe:
            for brief_id in brief_ids:
                pipe.hset(self._keys.brief(brief_id), "sent_at", now)
                pipe.hincrby(self._keys.brief(brief_id), "sends", 1)
            pipe.execute()

    def hedge(self, brief_id: str) -> None:
        """Let a second worker have a brief that another is at."""
        self._client.hset(self._keys.brief(brief_id), "hedge", "wanted")

    def claim(self, brief_id: str, worker: str) -> Claimed:
        """Ask for a brief: attempt counted and lease taken in one atomic step.

        Asked again by the client because the answer was lost on its way, the store gives the same answer.
        """
        run_id, number, place = parts_of_brief(brief_id)
        keys = self._keys
        answer = self._scripts.claim(
            keys=[
                keys.brief(brief_id),
                keys.progress(run_id),
                keys.passed(run_id, number) if place else keys.writing(run_id, number),
                keys.events(run_id),
            ],
            args=[
                *(worker, time.time(), self._lease, self._ttl, EVENTS_KEPT, self._attempts),
                *(uuid4().hex, place),
            ],
        )
        outcome = Claiming(answer[0])
        if outcome not in {Claiming.GRANTED, Claiming.EXHAUSTED}:
            return Claimed(outcome)
        settled = Outcome(answer[3]) if answer[3] else None
        return Claimed(outcome, Brief.model_validate_json(answer[1]), int(answer[2]), settled)

    def renew(self, brief_id: str, attempt: int) -> Renewal:
        """Extend the lease of an attempt at a brief."""
        keys = [self._keys.brief(brief_id), self._keys.progress(parts_of_brief(brief_id)[0])]
        return Renewal(self._scripts.renew(keys=keys, args=[attempt, time.time() + self._lease]))

    def release(self, brief_id: str, attempt: int) -> bool:
        """Give a claimed brief back; False if this attempt does not hold it."""
        keys = [self._keys.brief(brief_id), self._keys.events(parts_of_brief(brief_id)[0])]
        return bool(self._scripts.release(keys=keys, args=[attempt, time.time(), self._ttl, EVENTS_KEPT]))

    def expire(self, brief_id: str) -> bool:
        """Take a brief back whose lease has ended; False if it has not, or somebody else did."""
        keys = [self._keys.brief(brief_id), self._keys.events(parts_of_brief(brief_id)[0])]
        return bool(self._scripts.expire(keys=keys, args=[time.time(), self._ttl, EVENTS_KEPT]))

    def report(self, brief: Brief, finding: Finding) -> int | None:
        """Store a finding, close its brief and offer it to peers as an insight, in one atomic step.

        Returns how many briefs of the pass are still to be reported, or None if this one was reported before:
        that report stands. Raises `ClaimError` when the run takes no more reports or the brief is not known.
        """
        failed = finding.kind is Kind.FAILED
        keys, run_id, number = self._keys, brief.run_id, brief.pass_number
        answer = self._scripts.report(
            keys=[
                keys.brief(brief.brief_id),
                keys.finding(finding.finding_id),
                keys.findings(run_id) if brief.number else keys.writings(run_id),
                keys.passed(run_id, number) if brief.number else keys.writing(run_id, number),
                keys.progress(run_id),
                keys.events(run_id),
                *map(keys.insights, finding.topics),
            ],
            args=[
                finding.finding_id,
                finding.model_dump_json(),
                "failed" if failed else "reported",
                json.dumps(_told(brief, finding)),
                finding.reported_at,
                self._ttl,
                EVENTS_KEPT,
                json.dumps(_published(brief, finding)),
                KEPT,
                self._insight_ttl,
            ],
        )
        if answer[0] not in {"stored", "duplicate"}:
            raise ClaimError(f"Brief {brief.brief_id} takes no report: {answer[0]}. Nothing was stored.")
        return int(answer[1]) if answer[0] == "stored" else None


def label(brief: Brief) -> dict[str, str | int]:
    """What events say of a brief."""
    return {"pass": brief.pass_number, "number": brief.number, "angle": brief.angle}


def _told(brief: Brief, finding: Finding) -> dict[str, object]:
    told: dict[str, object] = {
        **label(brief),
        "worker": finding.worker_id,
        "finding_id": finding.finding_id,
        "attempts": finding.attempts,
    }
    if finding.kind is Kind.FAILED:
        return told | {"reason": finding.summary}
    peers = {
        "links": list(dict.fromkeys(link.finding_id for link in finding.links)),
        "insights": [insight.finding_id for insight in finding.insights],
    }
    return {
        **told,
        "kind": finding.kind.value,
        "summary": finding.summary,
        "confidence": finding.confidence,
        "citations": len(finding.citations),
        "source": finding.citations[0].source if finding.citations else "",
        **{name: ids for name, ids in peers.items() if ids},
    }


def _published(brief: Brief, finding: Finding) -> dict[str, object]:
    told = {"pass": brief.pass_number, "number": brief.number, "finding_id": finding.finding_id}
    return told | {"topics": list(finding.topics)}
