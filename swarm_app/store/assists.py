"""Assists: claimed with a lease like briefs; the first whole solution settles the blocker."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import uuid4

from swarm_app.contracts.assist import Assist, Solution
from swarm_app.contracts.ids import assisted, parts_of_brief
from swarm_app.contracts.research import Brief, Draft
from swarm_app.contracts.run import Unused
from swarm_app.keys import Keys
from swarm_app.settings import Settings
from swarm_app.store.blockers import keys_of
from swarm_app.store.briefs import Renewal, label
from swarm_app.store.connection import Client
from swarm_app.store.scripts import EVENTS_KEPT, Scripts


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


class Assists:
    """What others do about blocked briefs."""

    def __init__(self, client: Client, keys: Keys, scripts: Scripts, settings: Settings) -> None:
        self._client = client
        self._keys = keys
        self._scripts = scripts
        self._ttl = settings.run_ttl
        self._lease = settings.lease
        self._attempts = settings.attempts

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
        run_id, passed, place = parts_of_brief(brief_id)
        now, *rest = self._now()
        answer = self._scripts.assist_claim(
            keys=[*keys_of(self._keys, brief_id), self._keys.passed(run_id, passed)],
            args=[number, worker, now, self._lease, *rest, self._attempts, uuid4().hex, place],
        )
        outcome = Help(answer[0])
        if outcome not in {Help.GRANTED, Help.EXHAUSTED}:
            return Granted(outcome)
        return Granted(outcome, Assist.model_validate_json(answer[1]), int(answer[2]))

    def renew(self, assist_id: str, attempt: int) -> Renewal:
        """Extend the lease of an assist."""
        brief_id, number = assisted(assist_id)
        keys = keys_of(self._keys, brief_id)[:3]
        return Renewal(
            self._scripts.assist_renew(keys=keys, args=[number, attempt, time.time() + self._lease])
        )

    def release(self, assist_id: str, attempt: int) -> bool:
        """Give a claimed assist back; False if this attempt does not hold it."""
        brief_id, number = assisted(assist_id)
        blocker, brief, _, events = keys_of(self._keys, brief_id)
        args = [number, attempt, *self._now()]
        return bool(self._scripts.assist_release(keys=[blocker, brief, events], args=args))

    def expire(self, assist_id: str) -> bool:
        """Take an assist back whose lease has ended; False if it has not, or somebody else did."""
        return self.release(assist_id, 0)

    def took(self, assist: Assist, attempt: int, draft: Draft) -> None:
        """Note what an assist took that came to a draft; unused, until that settles its blocker."""
        costs = draft.model_dump(include=Unused.model_fields.keys() & Draft.model_fields.keys())
        key = self._keys.unused(parts_of_brief(assist.brief_id)[0])
        with self._client.pipeline() as pipe:
            pipe.hset(
                key, _field(assist, attempt), json.dumps({"engine": draft.engine, "assists": 1, **costs})
            )
            pipe.expire(key, self._ttl)
            pipe.execute()

    def unused(self, run_id: str) -> dict[str, Unused]:
        """What assists of a run took whose work was not used, by engine."""
        found: dict[str, Unused] = {}
        for stored in self._client.hvals(self._keys.unused(run_id)):
            costs = json.loads(stored)
            engine = costs.pop("engine")
            found[engine] = found.get(engine, Unused()) + Unused.model_validate(costs)
        return found

    def solve(self, brief: Brief, solution: Solution, attempt: int) -> Solving:
        """Hand in a solution whose evidence was checked; the first that is whole settles the blocker."""
        assist = solution.assist
        told = {**label(brief), "assist": assist.number, "strategy": assist.strategy.value}
        told |= {"worker": solution.worker, "engine": solution.draft.engine}
        answer = self._scripts.assist_solve(
            keys=[*keys_of(self._keys, brief.brief_id), self._keys.unused(brief.run_id)],
            args=[
                *(assist.number, solution.model_dump_json(), json.dumps(told)),
                *(*self._now(), _field(assist, attempt)),
            ],
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
        return Solving(self._scripts.assist_fail(keys=keys_of(self._keys, brief_id), args=args))

    def _now(self) -> list[float]:
        """Time, TTL and most events kept, as the scripts take them."""
        return [time.time(), self._ttl, EVENTS_KEPT]


def _field(assist: Assist, attempt: int) -> str:
    return f"{assist.assist_id}:{attempt}"
