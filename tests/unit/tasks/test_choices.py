"""Which unreported briefs a driver sends again."""

import time

from swarm_app.contracts.plan import PassSpec, Plan, Role
from swarm_app.contracts.run import BriefState, Run
from swarm_app.store.briefs import Standing
from tasks.drive import unheld

RUN = Run(
    run_id="run_a",
    question="Why?",
    plan=Plan(name="tiny", summary="One pass.", passes=(PassSpec(name="Only", role=Role.SIGNAL, workers=1),)),
    engine="none",
    shards=("s",),
    queued_at=0.0,
)


def held_for(seconds: float) -> Standing:
    return Standing("run_a.1.1", BriefState.CLAIMED, lease_until=time.time() + seconds)


def test_a_resumed_run_sends_what_waits_also_if_it_was_sent_before() -> None:
    waiting = Standing("run_a.1.1", BriefState.WAITING, sends=2)
    assert unheld(RUN, 1, [waiting]) == [waiting]


def test_a_resumed_run_sends_what_its_worker_has_lost() -> None:
    lost = held_for(-1.0)
    assert unheld(RUN, 1, [lost]) == [lost]


def test_a_resumed_run_leaves_a_brief_to_the_worker_that_is_at_it() -> None:
    assert unheld(RUN, 1, [held_for(60.0)]) == []


def test_a_resumed_run_does_not_send_what_is_reported() -> None:
    assert unheld(RUN, 1, [Standing("run_a.1.1", BriefState.REPORTED)]) == []
