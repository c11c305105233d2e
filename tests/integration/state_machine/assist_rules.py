"""What can happen to blocked briefs and to those who help with them, in any order."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from swarm_app.contracts.help import Obstacle
from tests.integration.state_machine.ledger import Work
from tests.integration.state_machine.moments import kill
from tests.integration.state_machine.peers import Aid
from tests.integration.state_machine.world import World

_picks = st.integers(0, 5)
_calls = st.integers(1, 8)  # of the store, while help is asked for
_obstacles = st.sampled_from(Obstacle)


class AssistRules:
    """Rules beside those of the machine."""

    world: World
    works: list[Work]
    helps: list[Aid]

    def _picked(self, pick: int) -> Work:
        raise NotImplementedError

    @precondition(lambda self: self.works)
    @rule(pick=_picks, obstacle=_obstacles, asks=st.booleans(), keeps=st.booleans())
    def a_worker_is_blocked(self, pick: int, obstacle: Obstacle, asks: bool, keeps: bool) -> None:
        work = self._picked(pick)
        if work.brief.number == 0:  # what a pass came to is not helped with
            return
        if self.world.peers.block(work, obstacle, asks=asks):
            self.world.report(work)
        if not keeps:
            self.works.remove(work)

    @precondition(lambda self: self.works)
    @rule(pick=_picks, obstacle=_obstacles, call=_calls)
    def a_worker_dies_while_it_asks_for_help(self, pick: int, obstacle: Obstacle, call: int) -> None:
        work = self._picked(pick)
        if work.brief.number == 0:
            return
        self.world.peers.block(work, obstacle, asks=False)
        with self.world.moments.before_call(call, kill):
            self.world.ask_for_help(work.brief_id)

    @rule()
    def helpers_take_all_that_waits(self) -> None:
        self.helps += self.world.peers.taken()

    @precondition(lambda self: self.helps)
    @rule(pick=_picks, later=st.sampled_from([0.0, 16.0]))
    def an_assist_s_message_comes_again(self, pick: int, later: float) -> None:
        self.world.clock.pass_by(later)
        aid = self._aid(pick)
        if again := self.world.peers.claim(aid.brief.brief_id, aid.assist.number):
            self.helps.append(again)

    @precondition(lambda self: self.helps)
    @rule(pick=_picks, keeps=st.booleans(), sends=st.booleans())
    def a_helper_solves(self, pick: int, keeps: bool, sends: bool) -> None:
        self.world.peers.solve(self._aid(pick), sends=sends)
        self._drop(pick, keeps)

    @precondition(lambda self: self.helps)
    @rule(pick=_picks, keeps=st.booleans(), sends=st.booleans())
    def a_helper_finds_no_solution(self, pick: int, keeps: bool, sends: bool) -> None:
        self.world.peers.fail(self._aid(pick), sends=sends)
        self._drop(pick, keeps)

    @precondition(lambda self: self.helps)
    @rule(pick=_picks)
    def a_helper_goes_on(self, pick: int) -> None:
        self._drop(pick, self.world.peers.renew(self._aid(pick)))

    @precondition(lambda self: self.helps)
    @rule(pick=_picks)
    def a_helper_stops(self, pick: int) -> None:
        self.world.peers.release(self._aid(pick))
        self._drop(pick, False)

    @precondition(lambda self: self.helps)
    @rule(pick=_picks)
    def a_helper_dies(self, pick: int) -> None:
        self._drop(pick, False)

    def _drop(self, pick: int, keeps: bool) -> None:
        if not keeps:
            self.helps.remove(self._aid(pick))

    def _aid(self, pick: int) -> Aid:
        """One that is at work, or thinks it is: the latest first."""
        return self.helps[-1 - pick % len(self.helps)]
