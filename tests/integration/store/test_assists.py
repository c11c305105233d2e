"""A brief is blocked once, and the first whole solution settles it."""

import pytest

from swarm_app.contracts.assist import Assist, Solution
from swarm_app.contracts.help import Outcome, Strategy
from swarm_app.contracts.ids import assist_id
from swarm_app.contracts.research import Brief, Draft, Kind
from swarm_app.contracts.run import BriefState, Run, RunState, Unused
from swarm_app.settings import Settings
from swarm_app.store import assists, blockers
from swarm_app.store.assists import Help, Solving
from swarm_app.store.blockers import Blocking
from swarm_app.store.briefs import Claiming, Renewal
from swarm_app.store.store import Store
from tests.integration.clock import Clock
from tests.integration.store.samples import (
    PLACE,
    assist,
    block,
    claim,
    close,
    events,
    finding,
    opened,
    progress,
    state,
)


@pytest.fixture(autouse=True)
def timed(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    for module in (assists, blockers):
        monkeypatch.setattr(module, "time", clock)


def parts(brief: Brief) -> list[Assist]:
    """Two parts, and another engine."""
    split = [assist(brief, number, strategy=Strategy.PARTS, part=number, of=2) for number in (1, 2)]
    return [*split, assist(brief, 3, engine="other")]


def help_with(store: Store, brief: Brief, number: int) -> Help:
    return store.assists.claim(assist_id(brief.brief_id, number), "helper").outcome


def solve(store: Store, brief: Brief, one: Assist, words: str = "So.", attempt: int = 1) -> Solving:
    draft = Draft(kind=Kind.CLAIM, summary=words, confidence=0.5)
    return store.assists.solve(brief, Solution(assist=one, worker="helper", draft=draft), attempt)


@pytest.fixture
def blocked(store: Store, brief: Brief) -> Brief:
    """A brief that is blocked, with assists offered."""
    claim(store, brief)
    assert block(store, brief) is Blocking.BLOCKED
    assert store.blockers.offer(brief, parts(brief))
    return brief


@pytest.fixture
def made_up(store: Store, run: Run) -> Brief:
    """A brief that was withheld, and is given out now that its pass is closed."""
    brief = opened(store, run, withheld=(2,))[1]
    close(store, run.run_id)
    store.allocations.make_up(run.run_id, [brief.brief_id], before=2)
    return brief


def test_a_blocked_brief_belongs_to_nobody_and_is_not_given_out(store: Store, blocked: Brief) -> None:
    assert state(store, blocked) is BriefState.BLOCKED
    assert claim(store, blocked) is Claiming.BLOCKED
    assert store.briefs.renew(blocked.brief_id, 1) is Renewal.LOST
    assert events(store, blocked)[-2:] == ["brief.blocked", "assist.offered"]
    assert progress(store, blocked).blocked == 1


def test_what_is_asked_twice_is_done_once(store: Store, blocked: Brief) -> None:
    assert block(store, blocked) is Blocking.BLOCKED
    assert not store.blockers.offer(blocked, parts(blocked))
    assert progress(store, blocked).blocked == 1


def test_only_who_holds_a_brief_can_say_that_it_is_blocked(store: Store, brief: Brief) -> None:
    assert block(store, brief) is Blocking.LOST
    claim(store, brief)
    assert block(store, brief, attempt=2) is Blocking.LOST
    store.briefs.report(brief, finding(brief))
    assert block(store, brief) is Blocking.LOST


def test_a_straggler_that_one_of_two_workers_cannot_do_stays_with_the_other(
    store: Store, brief: Brief
) -> None:
    claim(store, brief)
    store.briefs.hedge(brief.brief_id)
    claim(store, brief, "second")
    assert block(store, brief) is Blocking.SHARED
    assert state(store, brief) is BriefState.CLAIMED


def test_an_assist_has_one_helper_at_a_time(store: Store, settings: Settings, blocked: Brief) -> None:
    assert help_with(store, blocked, 1) is Help.GRANTED
    assert help_with(store, blocked, 1) is Help.HELD
    assert help_with(store, blocked, 2) is Help.GRANTED
    assert help_with(store, blocked, 9) is Help.UNKNOWN


def test_an_assist_whose_helper_is_gone_is_given_out_again_until_its_attempts_are_used_up(
    store: Store, settings: Settings, blocked: Brief, clock: Clock
) -> None:
    one = parts(blocked)[2]
    for _ in range(settings.attempts):
        assert help_with(store, blocked, 3) is Help.GRANTED
        assert not store.assists.expire(one.assist_id)
        clock.pass_by(settings.lease)
        assert store.assists.expire(one.assist_id)
    assert help_with(store, blocked, 3) is Help.EXHAUSTED
    assert events(store, blocked)[-1] == "assist.lost"


def test_an_assist_that_is_given_back_has_lost_no_attempt(
    store: Store, settings: Settings, blocked: Brief
) -> None:
    one = parts(blocked)[2]
    for attempt in range(1, settings.attempts + 2):
        assert help_with(store, blocked, 3) is Help.GRANTED
        assert store.assists.release(one.assist_id, attempt)
    assert not store.assists.release(one.assist_id, 1)


def test_a_helper_renews_its_lease_until_the_blocker_is_settled(store: Store, blocked: Brief) -> None:
    *_, one = parts(blocked)
    help_with(store, blocked, 1)
    assert store.assists.renew(assist_id(blocked.brief_id, 1), 1) is Renewal.RENEWED
    assert store.assists.renew(assist_id(blocked.brief_id, 1), 2) is Renewal.LOST
    solve(store, blocked, one)
    assert store.assists.renew(assist_id(blocked.brief_id, 1), 1) is Renewal.REPORTED


def test_the_first_solution_wins_and_its_brief_is_resumed_and_counted_as_that(
    store: Store, blocked: Brief
) -> None:
    first, _, other = parts(blocked)
    assert solve(store, blocked, other, "Other.") is Solving.WON
    assert solve(store, blocked, first) is Solving.LATE
    assert help_with(store, blocked, 1) is Help.SETTLED
    granted = store.briefs.claim(blocked.brief_id, "second")
    assert (granted.outcome, granted.attempts, granted.settled) == (Claiming.GRANTED, 2, Outcome.SOLVED)
    now = progress(store, blocked)
    assert (now.executed, now.resumed, now.redelivered, now.solved) == (2, 1, 0, 1)
    settlement = store.blockers.settlement(blocked.brief_id)
    assert settlement is not None
    assert [each.draft.summary for each in settlement.solutions] == ["Other."]
    assert events(store, blocked)[-2:] == ["assist.solved", "brief.resumed"]


def test_a_resumed_brief_that_is_lost_is_delivered_again_and_still_settled(
    store: Store, settings: Settings, blocked: Brief, clock: Clock
) -> None:
    solve(store, blocked, parts(blocked)[2])
    claim(store, blocked)
    clock.pass_by(settings.lease)
    store.briefs.expire(blocked.brief_id)
    assert store.briefs.claim(blocked.brief_id, "third").settled is Outcome.SOLVED
    assert (progress(store, blocked).resumed, progress(store, blocked).redelivered) == (1, 1)
    assert block(store, blocked, attempt=3) is Blocking.SETTLED


def test_what_assists_took_is_unused_but_for_the_solution_that_settles_the_blocker(
    store: Store, blocked: Brief
) -> None:
    first, second, other = parts(blocked)
    for one in (first, second, other):
        took = Draft(kind=Kind.CLAIM, summary="So.", confidence=0.5, input_tokens=one.number, engine="e")
        store.assists.took(one, 1, took)
    solve(store, blocked, first)
    assert store.assists.unused(blocked.run_id)["e"] == Unused(assists=3, input_tokens=6)
    solve(store, blocked, second)
    assert solve(store, blocked, other) is Solving.LATE
    assert store.assists.unused(blocked.run_id) == {"e": Unused(assists=1, input_tokens=3)}


def test_a_solution_handed_in_by_two_attempts_has_cost_one_of_them_in_vain(
    store: Store, blocked: Brief
) -> None:
    *_, one = parts(blocked)
    for attempt in (1, 2):
        took = Draft(kind=Kind.CLAIM, summary="So.", confidence=0.5, output_tokens=attempt, engine="e")
        store.assists.took(one, attempt, took)
        solve(store, blocked, one, attempt=attempt)
    assert store.assists.unused(blocked.run_id) == {"e": Unused(assists=1, output_tokens=2)}


def test_parts_solve_it_only_together_in_any_order(store: Store, blocked: Brief) -> None:
    first, second, _ = parts(blocked)
    assert solve(store, blocked, second, "Two.") is Solving.PART
    assert solve(store, blocked, second, "Again.") is Solving.LATE
    assert store.blockers.settlement(blocked.brief_id) is None
    assert solve(store, blocked, first, "One.") is Solving.WON
    settlement = store.blockers.settlement(blocked.brief_id)
    assert settlement is not None
    assert [each.draft.summary for each in settlement.solutions] == ["One.", "Two."]


def test_a_part_without_a_solution_takes_its_group_out_and_the_last_group_escalates(
    store: Store, blocked: Brief
) -> None:
    first, second, other = parts(blocked)
    for number in (1, 2, 3):
        help_with(store, blocked, number)
    assert store.assists.fail(first, 1, "Nothing.") is Solving.FAILED
    assert store.assists.fail(first, 1, "Nothing.") is Solving.LATE
    assert solve(store, blocked, second) is Solving.LATE
    assert store.assists.fail(other, 2, "Not this attempt.") is Solving.LATE
    assert store.assists.fail(other, 1, "Nothing.") is Solving.ESCALATED
    granted = store.briefs.claim(blocked.brief_id, "second")
    assert granted.settled is Outcome.ESCALATED
    assert (progress(store, blocked).escalated, progress(store, blocked).solved) == (1, 0)


def test_help_can_be_given_up_once(store: Store, blocked: Brief) -> None:
    assert store.assists.give_up(blocked.brief_id, "Too late.") is Solving.ESCALATED
    assert store.assists.give_up(blocked.brief_id, "Too late.") is Solving.LATE
    assert solve(store, blocked, parts(blocked)[2]) is Solving.LATE


def test_a_report_from_elsewhere_ends_all_help(store: Store, blocked: Brief) -> None:
    store.briefs.report(blocked, finding(blocked))
    assert help_with(store, blocked, 1) is Help.SETTLED
    assert solve(store, blocked, parts(blocked)[2]) is Solving.LATE
    assert store.assists.give_up(blocked.brief_id, "Too late.") is Solving.LATE


@pytest.mark.parametrize(
    ("ended", "takes"), [(RunState.STOPPED, True), (RunState.FAILED, True), (RunState.CANCELLED, False)]
)
def test_an_ended_run_gives_out_no_assists_and_takes_solutions_while_it_can_be_resumed(
    store: Store, blocked: Brief, ended: RunState, takes: bool
) -> None:
    store.runs.move(blocked.run_id, {RunState.RUNNING}, ended)
    assert help_with(store, blocked, 1) is Help.ENDED
    assert (solve(store, blocked, parts(blocked)[2]) is Solving.WON) is takes


def test_a_closed_pass_gives_out_no_assists_and_asks_for_what_there_is(
    store: Store, brief: Brief, blocked: Brief
) -> None:
    (other,) = store.briefs.get([f"{brief.run_id}.1.2"])
    claim(store, other)
    close(store, brief.run_id)
    assert help_with(store, blocked, 1) is Help.CLOSED
    assert block(store, other) is Blocking.CLOSED
    assert (progress(store, brief).blocked, progress(store, brief).escalated) == (2, 1)


def test_a_made_up_brief_is_helped_although_its_pass_is_closed(store: Store, made_up: Brief) -> None:
    claim(store, made_up)
    assert block(store, made_up) is Blocking.BLOCKED
    assert store.blockers.offer(made_up, parts(made_up))
    assert help_with(store, made_up, 3) is Help.GRANTED
    assert solve(store, made_up, parts(made_up)[2]) is Solving.WON
    assert store.briefs.claim(made_up.brief_id, "second").settled is Outcome.SOLVED


def test_what_a_worker_has_when_its_pass_is_closed_is_there_for_who_does_the_brief_after_it(
    store: Store, brief: Brief
) -> None:
    claim(store, brief)
    close(store, brief.run_id)
    assert block(store, brief) is Blocking.CLOSED
    settlement = store.blockers.settlement(brief.brief_id)
    assert settlement is not None
    assert (settlement.outcome, settlement.blockage.details) == (Outcome.ESCALATED, "Stuck.")


def test_where_its_message_stood_in_its_chord_is_kept(store: Store, blocked: Brief) -> None:
    stands = store.blockers.blocked(blocked.brief_id)
    assert stands is not None
    assert (stands.place, stands.state, len(stands.efforts)) == (PLACE, "open", 3)
