"""The state machine: whatever can happen to a run, in any order."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from swarm_app.contracts.ids import brief_id
from swarm_app.contracts.plan import PassSpec, Role
from swarm_app.contracts.run import RunState
from tasks.runs import start
from tests.integration.state_machine.assist_rules import AssistRules
from tests.integration.state_machine.installation import Installation
from tests.integration.state_machine.ledger import Work
from tests.integration.state_machine.moments import kill
from tests.integration.state_machine.peers import Aid
from tests.integration.state_machine.promises import Promises
from tests.integration.state_machine.world import World

MOST_WORKERS = 4
PASSES = 2

_LIMITS = {None, "deadline", "max_briefs"}

_numbers = st.integers(0, PASSES)  # of a pass; 0: the one under way
_places = st.integers(0, MOST_WORKERS)  # of a worker; 0: of who writes what the pass came to
_picks = st.integers(0, 5)
_drivers = st.sampled_from(["start", "synthesise", "recovery"])
_calls = st.integers(1, 40)  # of the store, in one drive


def _maybe(values: st.SearchStrategy[int]) -> st.SearchStrategy[int | None]:
    return st.one_of(st.none(), values)


@st.composite
def plans(draw: st.DrawFn) -> list[PassSpec]:
    """Small passes, that may close by quorum or deadline."""
    return [
        PassSpec(
            name=f"Pass {number}",
            role=Role.SIGNAL,
            workers=draw(st.integers(2, MOST_WORKERS)),
            quorum=draw(_maybe(st.integers(1, MOST_WORKERS))),
            synthesis=draw(st.sampled_from(["", "a:model"])),
            soft_deadline_s=draw(_maybe(st.just(5))),
            deadline_s=draw(_maybe(st.just(60))),
        )
        for number in range(1, PASSES + 1)
    ]


class RunMachine(AssistRules, RuleBasedStateMachine):
    """One run in each example."""

    installation: Installation

    def __init__(self) -> None:
        super().__init__()
        self.works: list[Work] = []
        self.helps: list[Aid] = []

    @initialize(
        passes=plans(),
        deadline=_maybe(st.just(120)),
        cap=_maybe(st.integers(1, 8)),
        begun=st.integers(0, 9),
        stoppable=st.integers(0, 3),
    )
    def queue(
        self, passes: list[PassSpec], deadline: int | None, cap: int | None, begun: int, stoppable: int
    ) -> None:
        run = self.installation.run(*passes, deadline_s=deadline, max_briefs=cap)
        self.world = World(self.installation, run)
        self.promises = Promises(self.world)
        self.stoppable = stoppable == 0  # by its user: else most examples would end early
        if begun:
            self.world.deliver_to_shard()

    # Drivers: a message of the run, a chord's body, the recovery; any number of times

    @rule(driver=_drivers)
    def drive(self, driver: str) -> None:
        self.world.drivers()[driver]()

    @rule(driver=_drivers, call=_calls)
    def a_driver_dies(self, driver: str, call: int) -> None:
        with self.world.moments.before_call(call, kill):
            self.world.drivers()[driver]()

    @rule(driver=_drivers, call=_calls, other=_drivers)
    def two_drive_at_once(self, driver: str, call: int, other: str) -> None:
        with self.world.moments.before_call(call, self.world.drivers()[other]):
            self.world.drivers()[driver]()

    @rule(driver=_drivers, call=_calls, number=_numbers, place=_places)
    def a_brief_is_claimed_while_one_drives(self, driver: str, call: int, number: int, place: int) -> None:
        with self.world.moments.before_call(call, lambda: self.claim(number, place)):
            self.world.drivers()[driver]()

    @precondition(lambda self: self.works)
    @rule(driver=_drivers, call=_calls, pick=_picks)
    def a_report_comes_while_one_drives(self, driver: str, call: int, pick: int) -> None:
        with self.world.moments.before_call(call, lambda: self.world.report(self._picked(pick))):
            self.world.drivers()[driver]()

    @precondition(lambda self: self.stoppable)
    @rule(driver=_drivers, call=_calls, stop=st.sampled_from(["interrupt", "cancel"]))
    def its_user_stops_the_run_while_one_drives(self, driver: str, call: int, stop: str) -> None:
        with self.world.moments.before_call(call, getattr(self, stop)):
            self.world.drivers()[driver]()

    @rule()
    def the_home_shard_gets_its_messages(self) -> None:
        self.world.deliver_to_shard()

    # Workers: any brief's message, any number of times, late or out of order

    @rule()
    def workers_take_all_that_waits(self) -> None:
        self.world.deliver_to_workers(self.works.append)

    @rule(number=_numbers, place=_places)
    def claim(self, number: int, place: int) -> None:
        self._claim(self._brief(number, place))

    @precondition(lambda self: self.works)
    @rule(pick=_picks, later=st.sampled_from([0.0, 16.0]))
    def a_message_comes_again(self, pick: int, later: float) -> None:
        self.world.clock.pass_by(later)
        self._claim(self._picked(pick).brief_id)

    @precondition(lambda self: self.works)
    @rule(pick=_picks, keeps=st.booleans())
    def report(self, pick: int, keeps: bool) -> None:
        work = self._picked(pick)
        self.world.report(work)
        if not keeps:
            self.works.remove(work)

    @precondition(lambda self: self.works)
    @rule(pick=_picks)
    def renew(self, pick: int) -> None:
        work = self._picked(pick)
        if not self.world.renew(work):
            self.works.remove(work)

    @precondition(lambda self: self.works)
    @rule(pick=_picks)
    def release(self, pick: int) -> None:
        work = self._picked(pick)
        self.world.store.briefs.release(work.brief_id, work.attempt)
        self.works.remove(work)

    @rule(number=_numbers, place=_places)
    def revoke(self, number: int, place: int) -> None:
        self.world.revoke(self._brief(number, place))

    # The recovery's decisions, right or wrong

    @precondition(lambda self: self.works)
    @rule(pick=_picks, later=st.sampled_from([0.0, 16.0]))
    def expire(self, pick: int, later: float) -> None:
        self.world.clock.pass_by(later)
        self.world.store.briefs.expire(self._picked(pick).brief_id)

    @precondition(lambda self: self.works)
    @rule(pick=_picks, at_once=st.booleans())
    def hedge(self, pick: int, at_once: bool) -> None:
        wanted = self._picked(pick).brief_id
        self.world.hedge(wanted)
        if at_once:
            self._claim(wanted)

    # The world

    @rule(seconds=st.sampled_from([1.0, 7.0, 16.0, 90.0]))
    def time_passes(self, seconds: float) -> None:
        self.world.clock.pass_by(seconds)

    @rule()
    def the_broker_loses_its_messages(self) -> None:
        self.world.flush()

    @rule()
    def healthy_workers_do_all_that_waits(self) -> None:
        self.world.deliver_to_workers(self.world.report)

    @precondition(lambda self: self.stoppable)
    @rule()
    def interrupt(self) -> None:
        self.world.handle.interrupt()

    @precondition(lambda self: self.stoppable)
    @rule()
    def cancel(self) -> None:
        self.world.handle.cancel()

    @precondition(lambda self: self.stoppable)
    @rule()
    def a_step_fails(self) -> None:
        start.on_failure(ValueError("a document is gone"), "", (self.world.run.run_id,), {}, None)

    @precondition(lambda self: self.world.state not in {RunState.DONE, RunState.CANCELLED})
    @rule()
    def resume(self) -> None:
        self.world.resume()

    @precondition(lambda self: self.world.state not in {RunState.DONE, RunState.CANCELLED})
    @rule(driver=_drivers, call=_calls)
    def its_user_resumes_the_run_while_one_drives(self, driver: str, call: int) -> None:
        def resume() -> None:
            if self.world.state not in {RunState.DONE, RunState.CANCELLED}:
                self.world.resume()

        with self.world.moments.before_call(call, resume):
            self.world.drivers()[driver]()

    # What must be true

    @invariant()
    def the_promises_are_kept(self) -> None:
        self.promises.keep()

    def teardown(self) -> None:
        """Once its processes are back a run ends by itself; one that was interrupted or failed is resumed."""
        try:
            if hasattr(self, "world"):
                self._heal()
        finally:
            self.installation.clear()

    def _heal(self) -> None:
        if self.world.progress().stop_reason not in _LIMITS:
            self.world.resume()
            self.promises.keep()
        self.world.come_back(self.promises.keep)
        self.promises.end_in(RunState.DONE, RunState.STOPPED, RunState.CANCELLED)
        assert self.world.progress().stop_reason in _LIMITS

    def _brief(self, number: int, place: int) -> str:
        number = number or max(self.world.progress().pass_number, 1)
        workers = self.world.run.plan.passes[number - 1].workers
        return brief_id(self.world.run.run_id, number, min(place, workers))

    def _claim(self, wanted: str) -> None:
        if work := self.world.claim(wanted):
            self.works.append(work)

    def _picked(self, pick: int) -> Work:
        """One that is at work, or thinks it is: the latest first."""
        return self.works[-1 - pick % len(self.works)]
