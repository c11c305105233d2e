"""Blocked briefs, and whoever helps with them."""

from dataclasses import dataclass

from swarm_app import queues
from swarm_app.contracts.assist import Assist, Blockage, Solution
from swarm_app.contracts.help import Obstacle, Outcome
from swarm_app.contracts.ids import assist_id, assisted
from swarm_app.contracts.research import Brief, Draft, Kind
from swarm_app.store.assists import Help, Solving
from swarm_app.store.blockers import Blocking
from swarm_app.store.briefs import Renewal
from swarm_app.store.store import Store
from tasks.relief import relieve, resume
from tests.integration.clock import Clock
from tests.integration.state_machine.broker import take
from tests.integration.state_machine.ledger import Ledger, Work


@dataclass(frozen=True)
class Aid:
    """What a helper has, or thinks it has."""

    brief: Brief
    assist: Assist
    attempt: int


class Peers:
    """Its methods may be called in any order and any number of times."""

    def __init__(self, store: Store, clock: Clock, ledger: Ledger) -> None:
        self._store, self._clock, self._ledger = store, clock, ledger
        self._words = 0
        self._took: set[tuple[str, int]] = set()  # assists and attempts that came to a draft

    def outcome(self, brief_id: str) -> Outcome | None:
        """How a brief's blocker ended; None while it is open, or where there was none."""
        settlement = self._store.blockers.settlement(brief_id)
        return settlement.outcome if settlement else None

    def used(self, brief_id: str) -> int:
        """How many solutions settled a brief's blocker."""
        settlement = self._store.blockers.settlement(brief_id)
        return len(settlement.solutions) if settlement else 0

    @property
    def took(self) -> int:
        """How often an assist came to a draft."""
        return len(self._took)

    def block(self, work: Work, obstacle: Obstacle, *, asks: bool) -> bool:
        """A worker cannot go on; it ``asks`` for help, or dies before it could.

        Returns whether it is too late for help, so that it reports what it has.
        """
        told = {"brief_id": work.brief_id, "worker": "worker", "obstacle": obstacle, "details": "Stuck."}
        blockage = Blockage.model_validate(told | {"at": self._clock.now})
        came = self._store.blockers.block(work.brief, work.attempt, blockage, {})
        if came is Blocking.BLOCKED:
            assert work.brief_id not in self._ledger.reports
            self._ledger.blocked.add(work.brief_id)
            if asks:
                relieve(work.brief_id)
        self._ledger.too_late += came is Blocking.CLOSED
        return came in {Blocking.CLOSED, Blocking.SETTLED}

    def claim(self, brief_id: str, number: int) -> Aid | None:
        """A helper gets the message of an assist: what it has to do, if anything."""
        granted = self._store.assists.claim(assist_id(brief_id, number), "helper")
        if granted.assist is None:
            return None
        assert brief_id not in self._ledger.reports
        assert brief_id not in self._ledger.settled
        (brief,) = self._store.briefs.get([brief_id])
        aid = Aid(brief, granted.assist, granted.attempts)
        if granted.outcome is Help.EXHAUSTED:
            self.fail(aid)
            return None
        return aid

    def solve(self, aid: Aid, *, sends: bool = True) -> None:
        """A helper hands in a solution; it sends the brief again if it settles it, or dies before."""
        self._words += 1
        draft = Draft(kind=Kind.CLAIM, summary=f"Solution {self._words}.", confidence=0.5, engine="none")
        if (taken := (aid.assist.assist_id, aid.attempt)) not in self._took:
            self._took.add(taken)
            self._store.assists.took(aid.assist, aid.attempt, draft)
        solution = Solution(assist=aid.assist, worker="helper", draft=draft)
        self._came(aid, self._store.assists.solve(aid.brief, solution, aid.attempt), sends=sends)

    def fail(self, aid: Aid, *, sends: bool = True) -> None:
        """A helper says that there is no solution."""
        self._came(aid, self._store.assists.fail(aid.assist, aid.attempt, "Nothing."), sends=sends)

    def _came(self, aid: Aid, came: Solving, *, sends: bool) -> None:
        if came is not Solving.LATE:
            assert aid.brief.brief_id not in self._ledger.reports
            assert aid.brief.brief_id not in self._ledger.settled
        if came.settles and sends:
            resume(aid.brief)

    def renew(self, aid: Aid) -> bool:
        """A helper's heartbeat: whether it goes on."""
        answer = self._store.assists.renew(aid.assist.assist_id, aid.attempt)
        assert answer is not Renewal.RENEWED or aid.brief.brief_id not in self._ledger.settled
        return answer is Renewal.RENEWED

    def release(self, aid: Aid) -> None:
        """A helper that stops gives its assist back."""
        self._store.assists.release(aid.assist.assist_id, aid.attempt)

    def taken(self) -> list[Aid]:
        """The assists that wait, taken by helpers."""
        found: list[Aid] = []
        for name, (wanted,) in list(take(queues.ASSIST)):
            assert name == queues.TASK_ASSIST
            if aid := self.claim(*assisted(wanted)):
                found.append(aid)
        return found

    def help_with_all_that_waits(self) -> None:
        """Healthy helpers solve it."""
        for aid in self.taken():
            self.solve(aid)
