"""One run, and the processes that act on it."""

from collections.abc import Callable

from swarm_app import queues
from swarm_app.client.handle import RunHandle
from swarm_app.contracts.ids import brief_id
from swarm_app.contracts.research import Kind
from swarm_app.contracts.run import BriefState, Progress, Run, RunState
from swarm_app.errors import ClaimError
from swarm_app.keys import Keys
from swarm_app.settings import current
from swarm_app.store.briefs import Claimed, Claiming, Renewal
from tasks.closing import limit_reached
from tasks.recovery import look_after
from tasks.relief import relieve
from tasks.runs import start, synthesise
from tests.integration.state_machine.broker import take
from tests.integration.state_machine.installation import DOCUMENT, HOME, LINE, Installation
from tests.integration.state_machine.ledger import Ledger, Work
from tests.integration.state_machine.peers import Peers
from workers.resumption import without_engine

_ROUNDS = 60  # of recovery: more than any run needs
_TASKS = {queues.TASK_START: start, queues.TASK_SYNTHESISE: synthesise}


class World:
    """Its methods may be called in any order and any number of times."""

    def __init__(self, installation: Installation, run: Run) -> None:
        self.store, self.clock, self.moments = installation.store, installation.clock, installation.moments
        self.run = run
        self.ledger = Ledger()
        self.handle = RunHandle(self.store, run)
        self.peers = Peers(self.store, self.clock, self.ledger)
        self._words = 0
        self.reopened = 0  # how often a pass that a limit had cut short went on
        self.store.documents.put([(DOCUMENT, [LINE])])
        self.store.runs.create(run)
        self.handle.drive()

    def progress(self) -> Progress:
        """Where the run stands."""
        return self.store.runs.progress(self.run.run_id)

    @property
    def state(self) -> RunState:
        """The run's."""
        return self.progress().state

    def resume(self) -> None:
        """The run's user has it go on. What failed to be written of a pass that goes on may be, once more."""
        number, failed = self.concluded(), self.ledger.unwritten
        self.handle.resume()
        if self.concluded() < number:
            self.reopened += 1
            again = brief_id(self.run.run_id, number, 0)
            if again in failed:
                failed.remove(again)
                del self.ledger.writings[again]

    # Drivers

    def drivers(self) -> dict[str, Callable[[], None]]:
        """Whoever may drive the run, by name."""
        return {
            "start": lambda: start(self.run.run_id),
            "synthesise": lambda: synthesise(self.run.run_id, 1),
            "recovery": lambda: look_after(self.run.run_id),
        }

    def come_back(self, check: Callable[[], None] = lambda: None) -> None:
        """All processes are back and healthy: time passes until the run has ended."""
        for _ in range(_ROUNDS):
            if self.state.ended:
                return
            self.clock.pass_by(current().lease)
            self.drivers()["recovery"]()
            self.deliver_to_workers(self.report)
            self.peers.help_with_all_that_waits()
            check()

    # Workers

    def claim(self, wanted: str) -> Work | None:
        """A worker gets the message of a brief: what it has to do, if anything."""
        standings, progress = self.store.briefs.standings([wanted]), self.progress()
        claimed = self.store.briefs.claim(wanted, "worker")
        self.ledger.reused += claimed.outcome is Claiming.REPORTED
        if claimed.brief is None:
            return None
        work = Work(claimed.brief, claimed.attempts)
        assert standings[0].state is not BriefState.BLOCKED, "others help first"
        hedged = standings[0].hedge == "wanted" and claimed.outcome is Claiming.GRANTED
        assert wanted not in self.ledger.reports | self.ledger.writings, "its finding is stored"
        assert claimed.settled is self.peers.outcome(wanted), (
            "a blocked brief is given out once it is settled"
        )
        assert hedged or standings[0].lease_until <= self.clock.now, "a worker is at it"
        assert progress.state is RunState.RUNNING
        assert limit_reached(progress, now=self.clock.now) is None
        made_up = self.store.allocations.made_up(self.run.run_id, len(self.run.plan.passes))
        writes = work.brief.number == 0  # what came of a pass that is closed, and is not concluded
        passed = self.concluded() if writes else self._closed_passes()
        assert work.brief.pass_number > passed or wanted in made_up
        if claimed.outcome is Claiming.EXHAUSTED:
            self._report_without_engine(work, claimed)
            return None
        self.ledger.executed[wanted] += 1
        if claimed.settled and not hedged:
            self.ledger.resumed.add(wanted)
        return work

    def _report_without_engine(self, work: Work, claimed: Claimed) -> None:
        """A brief has had all of its attempts; what helpers came to is not lost with its workers."""
        made = without_engine(self.store, claimed, "worker")
        assert made
        assert bool(made.helped) == bool(claimed.settled)
        self.report(work, kind=made.kind)

    def report(self, work: Work, *, kind: Kind = Kind.CLAIM) -> None:
        """A worker reports, whether the brief is still its own or not."""
        self._words += 1
        finding = work.finding(f"Report {self._words}.", kind, self.clock.now)
        passes = self._closed_passes()
        try:
            left = self.store.briefs.report(work.brief, finding)
        except ClaimError:
            assert self.state in {RunState.DONE, RunState.CANCELLED}
            return
        if left is None:
            self.ledger.discarded += 1
            return
        assert self.state is not RunState.CANCELLED, "a cancelled run takes no report"
        if not work.brief.number:
            self.ledger.writings[finding.brief_id] = finding.summary
            self.ledger.unwritten |= {finding.brief_id} if kind is Kind.FAILED else set()
            return
        self.ledger.reports[finding.brief_id] = finding.summary
        self.ledger.closed_before[finding.brief_id] = passes

    def renew(self, work: Work) -> bool:
        """A worker's heartbeat: whether it goes on."""
        answer = self.store.briefs.renew(work.brief_id, work.attempt)
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

    def ask_for_help(self, wanted: str) -> None:
        """A worker whose brief is blocked asks for assists."""
        relieve(wanted)

    # The broker

    def deliver_to_workers(self, act: Callable[[Work], object]) -> None:
        """All the messages that wait are delivered; ``act`` is what comes of the work."""
        for _, (wanted,) in take(queues.RESEARCH):
            if work := self.claim(wanted):
                act(work)

    def deliver_to_shard(self) -> None:
        """The home shard does what it is told."""
        for name, args in take(queues.shard_queue(HOME)):
            _TASKS[name](*args)

    def flush(self) -> None:
        """The broker loses its messages."""
        for queue in (queues.RESEARCH, queues.ASSIST, queues.shard_queue(HOME)):
            for _ in take(queue):
                pass

    def concluded(self) -> int:
        """How many passes have a synthesis."""
        return len(self.store.passes.syntheses(self.run.run_id))

    def _closed_passes(self) -> int:
        """How many passes take no more findings."""
        keys = Keys(current().namespace)
        numbers = range(1, len(self.run.plan.passes) + 1)
        passes = [keys.passed(self.run.run_id, number) for number in numbers]
        return sum(self.store.client.hexists(key, "closed_at") for key in passes)
