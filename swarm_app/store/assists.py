"""Blockers and assists: a brief is blocked once, and the first whole solution settles it."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import uuid4

from swarm_app.contracts.assist import Assist, Blockage, Settlement, Solution
from swarm_app.contracts.help import Outcome
from swarm_app.contracts.ids import assisted
from swarm_app.contracts.research import Brief
from swarm_app.keys import Keys
from swarm_app.settings import Settings
from swarm_app.store.briefs import Renewal, label, parts
from swarm_app.store.connection import Client
from swarm_app.store.scripts import EVENTS_KEPT, Scripts


class Blocking(StrEnum):
    """What came of saying that a brief is blocked."""

    BLOCKED = "blocked"
    SHARED = "shared"  # another worker is at it still: it goes on there
    SETTLED = "settled"  # it was blocked before: what there is must be reported now
    CLOSED = "closed"  # its pass is: what there is must be reported now
    LOST = "lost"  # it is not this attempt's any more
    ENDED = "ended"
    UNKNOWN = "unknown"


class Help(StrEnum):
    """What came of claiming an assist."""

    GRANTED = "granted"
    SETTLED = "settled"  # the blocker is
    DONE = "done"  # this assist was solved, or has failed
    HELD = "held"
    ENDED = "ended"
    CLOSED = "closed"
    SPENT = "spent"
    EXHAUSTED = "exhausted"  # it was lost with its worker every time
    UNKNOWN = "unknown"


class Solving(StrEnum):
    """What came of handing in a solution, or of saying that there is none."""

    WON = "won"  # the blocker is settled, and the brief waits to be resumed
    PART = "part"  # others of its group are missing still
    FAILED = "failed"  # others may still help
    ESCALATED = "escalated"  # nobody can: the brief waits to be resumed with what there is
    LATE = "late"  # nothing was changed

    @property
    def settles(self) -> bool:
        """Whether the brief is to be sent again now."""
        return self in {Solving.WON, Solving.ESCALATED}


@dataclass(frozen=True)
class Granted:
    """The answer to a claim; `assist` and `attempts` only where it was granted or exhausted."""

    outcome: Help
    assist: Assist | None = None
    attempts: int = 0


@dataclass(frozen=True)
class Effort:
    """Where one assist stands. Times are Unix seconds, 0 where there is none."""

    assist: Assist
    state: str  # waiting, claimed, solved or failed
    lease_until: float = 0.0
    sent_at: float = 0.0
    sends: int = 0


@dataclass(frozen=True)
class Blocked:
    """Where a blocked brief stands."""

    blockage: Blockage
    place: dict[str, Any]  # its message's, in its chord
    state: str  # open, solved or escalated
    offered: bool
    efforts: tuple[Effort, ...] = ()


class Assists:
    """What stands in the way of briefs, and what others do about it."""

    def __init__(self, client: Client, keys: Keys, scripts: Scripts, settings: Settings) -> None:
        self._client = client
        self._keys = keys
        self._scripts = scripts
        self._ttl = settings.run_ttl
        self._lease = settings.lease
        self._attempts = settings.attempts

    # Blockers

    def block(self, brief: Brief, attempt: int, blockage: Blockage, place: Mapping[str, Any]) -> Blocking:
        """Take a brief from its worker, which cannot go on; ``place`` is its message's in its chord."""
        told = {**label(brief), "worker": blockage.worker, "obstacle": blockage.obstacle.value}
        told |= {"details": blockage.details, "urgency": blockage.urgency.value}
        run_id, number, _ = parts(brief.brief_id)
        keys = self._brief_keys(brief.brief_id)
        answer = self._scripts.block(
            keys=[keys[1], keys[0], keys[2], self._keys.passed(run_id, number), keys[3]],
            args=[attempt, blockage.model_dump_json(), json.dumps(place), json.dumps(told), *self._now()],
        )
        return Blocking(answer)

    def offer(self, brief: Brief, assists: Sequence[Assist]) -> bool:
        """Offer the assists of a blocked brief; False if there are some, or it is settled."""
        strategies = sorted({each.strategy.value for each in assists})
        told = {**label(brief), "assists": len(assists), "strategies": ", ".join(strategies)}
        offered = [text for each in assists for text in (each.group, each.model_dump_json())]
        blocker, _, _, events = self._brief_keys(brief.brief_id)
        args = [*self._now(), json.dumps(told), *offered]
        return bool(self._scripts.assist_offer(keys=[blocker, events], args=args))

    def blocked(self, brief_id: str) -> Blocked | None:
        """Where a brief that was blocked stands; None if it never was."""
        fields = self._client.hgetall(self._keys.blocker(brief_id))
        if not fields:
            return None
        count = int(fields.get("assists", 0))
        return Blocked(
            Blockage.model_validate_json(fields["blockage"]),
            json.loads(fields["place"]),
            fields["state"],
            "assists" in fields,
            tuple(_effort(fields, number) for number in range(1, count + 1)),
        )

    def settlement(self, brief_id: str) -> Settlement | None:
        """How a blocker ended; None while it is open, or where there was none."""
        fields = self._client.hgetall(self._keys.blocker(brief_id))
        if not fields or fields["state"] == "open":
            return None
        numbers = range(1, int(fields.get("assists", 0)) + 1)
        won = [number for number in numbers if fields[f"{number}:group"] == fields.get("winner")]
        return Settlement(
            blockage=Blockage.model_validate_json(fields["blockage"]),
            outcome=Outcome(fields["state"]),
            solutions=tuple(Solution.model_validate_json(fields[f"{number}:solution"]) for number in won),
            assists=len(numbers),
            at=float(fields["settled_at"]),
        )

    # Assists

    def sent(self, brief_id: str, numbers: Sequence[int]) -> None:
        """Note that the messages of these assists are being sent, before they are."""
        key, now = self._keys.blocker(brief_id), time.time()
        with self._client.pipeline(transaction=False) as pipe:
            for number in numbers:
                pipe.hset(key, f"{number}:sent_at", now)
                pipe.hincrby(key, f"{number}:sends", 1)
            pipe.execute()

    def claim(self, assist_id: str, worker: str) -> Granted:
        """Ask for an assist: attempt counted and lease taken in one atomic step."""
        brief_id, number = assisted(assist_id)
        run_id, passed, _ = parts(brief_id)
        now, *rest = self._now()
        answer = self._scripts.assist_claim(
            keys=[*self._brief_keys(brief_id), self._keys.passed(run_id, passed)],
            args=[number, worker, now, self._lease, *rest, self._attempts, uuid4().hex],
        )
        outcome = Help(answer[0])
        if outcome not in {Help.GRANTED, Help.EXHAUSTED}:
            return Granted(outcome)
        return Granted(outcome, Assist.model_validate_json(answer[1]), int(answer[2]))

    def renew(self, assist_id: str, attempt: int) -> Renewal:
        """Extend the lease of an assist."""
        brief_id, number = assisted(assist_id)
        keys = self._brief_keys(brief_id)[:3]
        return Renewal(
            self._scripts.assist_renew(keys=keys, args=[number, attempt, time.time() + self._lease])
        )

    def release(self, assist_id: str, attempt: int) -> bool:
        """Give a claimed assist back; False if this attempt does not hold it."""
        brief_id, number = assisted(assist_id)
        blocker, brief, _, events = self._brief_keys(brief_id)
        args = [number, attempt, *self._now()]
        return bool(self._scripts.assist_release(keys=[blocker, brief, events], args=args))

    def expire(self, assist_id: str) -> bool:
        """Take an assist back whose lease has ended; False if it has not, or somebody else did."""
        return self.release(assist_id, 0)

    def solve(self, brief: Brief, solution: Solution) -> Solving:
        """Hand in a solution whose evidence was checked; the first that is whole settles the blocker."""
        assist = solution.assist
        told = {**label(brief), "assist": assist.number, "strategy": assist.strategy.value}
        told |= {"worker": solution.worker, "engine": solution.draft.engine}
        answer = self._scripts.assist_solve(
            keys=self._brief_keys(brief.brief_id),
            args=[assist.number, solution.model_dump_json(), json.dumps(told), *self._now()],
        )
        return Solving(answer)

    def fail(self, assist: Assist, attempt: int, reason: str) -> Solving:
        """Say that an assist has no solution."""
        return self._failed(assist.brief_id, assist.number, attempt, reason)

    def give_up(self, brief_id: str, reason: str) -> Solving:
        """Say that nobody can help with a brief any more."""
        return self._failed(brief_id, 0, 0, reason)

    def _failed(self, brief_id: str, number: int, attempt: int, reason: str) -> Solving:
        args = [number, attempt, reason, *self._now()]
        return Solving(self._scripts.assist_fail(keys=self._brief_keys(brief_id), args=args))

    def _brief_keys(self, brief_id: str) -> list[str]:
        """Blocker, brief, progress and events, as most of the scripts take them."""
        keys, run_id = self._keys, parts(brief_id)[0]
        return [keys.blocker(brief_id), keys.brief(brief_id), keys.progress(run_id), keys.events(run_id)]

    def _now(self) -> list[float]:
        """Time, TTL and most events kept, as the scripts take them."""
        return [time.time(), self._ttl, EVENTS_KEPT]


def _effort(fields: Mapping[str, str], number: int) -> Effort:
    return Effort(
        Assist.model_validate_json(fields[f"{number}:assist"]),
        fields[f"{number}:state"],
        float(fields.get(f"{number}:lease_until", 0)),
        float(fields.get(f"{number}:sent_at", 0)),
        int(fields.get(f"{number}:sends", 0)),
    )
