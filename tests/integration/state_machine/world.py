"""One run, the workers that have its briefs, and a ledger of what was seen to happen to them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from swarm_app import queues
from swarm_app.client.handle import RunHandle
from swarm_app.contracts.ids import finding_id
from swarm_app.contracts.research import Brief, Finding, Kind
from swarm_app.contracts.run import BriefState, Progress, Run, RunState
from swarm_app.errors import ClaimError
from swarm_app.settings import current
from swarm_app.store.briefs import Claim, Renewal
from swarm_app.store.store import Store
from tasks.recovery import look_after_runs
from tasks.runs import start, synthesise
from tests.integration.state_machine.broker import take
from tests.integration.state_machine.clock import Clock
from tests.integration.state_machine.moments import Moments

HOME = "home"


@dataclass(frozen=True)
class Installation:
    """What all examples share. ``store`` looks on: its calls are not counted among a driver's."""

    store: Store
    clock: Clock
    moments: Moments

    def clear(self) -> None:
        """Forget everything."""
        left = list(self.store.client.scan_iter(f"{current().namespace}:*"))
        if left:
            self.store.client.delete(*left)


@dataclass
class Ledger:
    """What was seen from outside."""

    executed: Counter[str] = field(default_factory=Counter)  # brief id -> times it was given out
    reports: dict[str, str] = field(default_factory=dict)  # brief id -> the summary first reported
    concluded: dict[str, int] = field(default_factory=dict)  # brief id -> passes concluded before its report
    discarded: int = 0
    reused: int = 0


@dataclass(frozen=True)
class Work:
    """What a worker has, or thinks it has."""

    brief: Brief
    attempt: int

    @property
    def brief_id(self) -> str:
        """The brief's."""
        return self.brief.brief_id


class World:
    """Processes act on the run through these methods, in any order and any number of times."""

    def __init__(self, installation: Installation, run: Run) -> None:
        self.store, self.clock, self.moments = installation.store, installation.clock, installation.moments
        self.run = run
        self.ledger = Ledger()
        self.handle = RunHandle(self.store, run)
        self._words = 0
        self.store.runs.create(run)
        self.handle.drive()

    def progress(self) -> Progress:
        """Where the run stands."""
        return self.store.runs.progress(self.run.run_id)

    @property
    def state(self) -> RunState:
        """The run's."""
        return self.progress().state

    # Drivers

    def drivers(self) -> dict[str, Callable[[], None]]:
        """Whoever may drive the run, by name."""
        return {
            "start": lambda: start(self.run.run_id),
            "synthesise": lambda: synthesise(self.run.run_id, 1),
            "recovery": look_after_runs,
        }

    # Workers

    def claim(self, wanted: str) -> Work | None:
        """A worker gets the message of a brief: what it has to do, if anything."""
        before = self.store.briefs.standings([wanted])
        claimed = self.store.briefs.claim(wanted, "worker")
        self.ledger.reused += claimed.outcome is Claim.REPORTED
        if claimed.brief is None:
            return None
        work = Work(claimed.brief, claimed.attempts)
        hedged = before[0].hedge == "wanted" and claimed.outcome is Claim.GRANTED
        assert wanted not in self.ledger.reports, "its finding is stored"
        assert hedged or before[0].lease_until <= self.clock.now, "a worker is at it"
        if claimed.outcome is Claim.EXHAUSTED:
            self.report(work, kind=Kind.FAILED)
            return None
        self.ledger.executed[wanted] += 1
        return work

    def report(self, work: Work, *, kind: Kind = Kind.CLAIM) -> None:
        """A worker reports, whether the brief is still its own or not."""
        finding = self._finding(work, kind)
        passes = len(self.store.runs.syntheses(self.run.run_id))
        try:
            left = self.store.briefs.report(work.brief, finding)
        except ClaimError:
            assert self.state is not RunState.RUNNING
            return
        if left is None:
            self.ledger.discarded += 1
            return
        assert self.state is not RunState.CANCELLED, "a cancelled run takes no report"
        self.ledger.reports[finding.brief_id] = finding.summary
        self.ledger.concluded[finding.brief_id] = passes

    def renew(self, work: Work) -> bool:
        """A worker's heartbeat: whether it goes on."""
        (answer,) = self.store.briefs.renew([(work.brief_id, work.attempt)])
        assert answer is not Renewal.RENEWED or work.brief_id not in self.ledger.reports
        return answer is Renewal.RENEWED

    def revoke(self, wanted: str) -> None:
        """A brief is revoked by remote control: it is reported as failed without a claim."""
        for brief in self.store.briefs.get([wanted]):
            self.report(Work(brief, 1), kind=Kind.FAILED)

    def hedge(self, wanted: str) -> None:
        """The recovery takes a brief's worker for slow."""
        for standing in self.store.briefs.standings([wanted]):
            if standing.state is BriefState.CLAIMED:
                self.store.briefs.hedge(wanted)

    # The broker

    def deliver_to_workers(self, act: Callable[[Work], object]) -> None:
        """All the messages that wait are delivered; ``act`` is what comes of the work."""
        for _, (wanted,) in take(queues.RESEARCH):
            if work := self.claim(wanted):
                act(work)

    def deliver_to_shard(self) -> None:
        """The home shard does what it is told."""
        tasks = {queues.TASK_START: start, queues.TASK_SYNTHESISE: synthesise}
        for name, args in take(queues.shard_queue(HOME)):
            tasks[name](*args)

    def flush(self) -> None:
        """The broker loses its messages."""
        for queue in (queues.RESEARCH, queues.shard_queue(HOME)):
            for _ in take(queue):
                pass

    def _finding(self, work: Work, kind: Kind) -> Finding:
        self._words += 1
        brief = work.brief
        return Finding(
            kind=kind,
            summary=f"Report {self._words}.",
            confidence=0.5,
            finding_id=finding_id(brief.brief_id),
            run_id=brief.run_id,
            brief_id=brief.brief_id,
            pass_number=brief.pass_number,
            worker_id="worker",
            engine="none",
            attempts=work.attempt,
            reported_at=self.clock.now,
        )
