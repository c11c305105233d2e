"""Claims: how long a brief is a worker's own, and whose report stands."""

from swarm_app.contracts.research import Brief
from swarm_app.contracts.run import BriefState, Run, RunState
from swarm_app.settings import Settings
from swarm_app.store.briefs import Claiming, Renewal
from swarm_app.store.store import Store
from tests.integration.clock import Clock
from tests.integration.store.samples import (
    claim,
    events,
    finding,
    progress,
    renew,
    state,
)


def test_a_brief_whose_lease_has_ended_is_given_to_another(
    store: Store, settings: Settings, brief: Brief, clock: Clock
) -> None:
    claim(store, brief)
    clock.pass_by(settings.lease)
    again = store.briefs.claim(brief.brief_id, "second")
    assert (again.outcome, again.attempts) == (Claiming.GRANTED, 2)
    assert (progress(store, brief).executed, progress(store, brief).redelivered) == (2, 1)


def test_a_last_attempt_is_given_out_only_once_the_brief_was_taken_back(
    store: Store, settings: Settings, brief: Brief, clock: Clock
) -> None:
    for _ in range(settings.attempts - 1):
        claim(store, brief)
        clock.pass_by(settings.lease)
    assert claim(store, brief) is Claiming.HELD
    assert store.briefs.expire(brief.brief_id)
    assert claim(store, brief) is Claiming.GRANTED


def test_a_lease_that_has_ended_is_taken_back_once(
    store: Store, settings: Settings, brief: Brief, clock: Clock
) -> None:
    claim(store, brief)
    clock.pass_by(settings.lease)
    assert store.briefs.expire(brief.brief_id)
    assert not store.briefs.expire(brief.brief_id)
    assert state(store, brief) is BriefState.WAITING
    assert events(store, brief).count("brief.lost") == 1


def test_a_lease_that_runs_is_not_taken_back(
    store: Store, settings: Settings, brief: Brief, clock: Clock
) -> None:
    claim(store, brief)
    clock.pass_by(settings.lease - 1)
    assert not store.briefs.expire(brief.brief_id)
    assert state(store, brief) is BriefState.CLAIMED


def test_a_reported_brief_is_not_taken_back(
    store: Store, settings: Settings, brief: Brief, clock: Clock
) -> None:
    claim(store, brief)
    store.briefs.report(brief, finding(brief))
    clock.pass_by(settings.lease)
    assert not store.briefs.expire(brief.brief_id)
    assert state(store, brief) is BriefState.REPORTED


def test_a_heartbeat_extends_the_lease(store: Store, settings: Settings, brief: Brief, clock: Clock) -> None:
    claim(store, brief)
    clock.pass_by(settings.lease - 1)
    assert renew(store, brief, 1) is Renewal.RENEWED
    clock.pass_by(settings.lease - 1)
    assert claim(store, brief, "second") is Claiming.HELD


def test_a_worker_that_comes_back_in_time_keeps_its_brief(
    store: Store, settings: Settings, brief: Brief, clock: Clock
) -> None:
    claim(store, brief)
    clock.pass_by(settings.lease + 1)
    assert renew(store, brief, 1) is Renewal.RENEWED
    assert claim(store, brief, "second") is Claiming.HELD


def test_a_worker_whose_brief_was_given_to_another_learns_it_from_its_heartbeat(
    store: Store, settings: Settings, brief: Brief, clock: Clock
) -> None:
    claim(store, brief)
    clock.pass_by(settings.lease)
    claim(store, brief, "second")
    assert renew(store, brief, 1) is Renewal.LOST
    assert renew(store, brief, 2) is Renewal.RENEWED


def test_a_worker_whose_brief_was_taken_back_learns_it_from_its_heartbeat(
    store: Store, settings: Settings, brief: Brief, clock: Clock
) -> None:
    claim(store, brief)
    clock.pass_by(settings.lease)
    store.briefs.expire(brief.brief_id)
    assert renew(store, brief, 1) is Renewal.LOST


def test_the_report_of_a_worker_that_was_given_up_stands_if_it_is_the_first(
    store: Store, settings: Settings, brief: Brief, clock: Clock
) -> None:
    claim(store, brief)
    clock.pass_by(settings.lease)
    claim(store, brief, "second")
    assert store.briefs.report(brief, finding(brief, "first")) == 1
    assert renew(store, brief, 2) is Renewal.REPORTED
    assert store.briefs.report(brief, finding(brief, "second")) is None
    assert [found.worker_id for found in store.runs.findings(brief.run_id)] == ["first"]
    assert progress(store, brief).discarded == 1


def test_a_heartbeat_learns_that_the_run_was_cancelled(store: Store, brief: Brief) -> None:
    claim(store, brief)
    store.runs.move(brief.run_id, {RunState.RUNNING}, RunState.CANCELLED)
    assert renew(store, brief, 1) is Renewal.CANCELLED


def test_a_heartbeat_of_an_interrupted_run_goes_on(store: Store, brief: Brief) -> None:
    claim(store, brief)
    store.runs.move(brief.run_id, {RunState.RUNNING}, RunState.STOPPED, reason="interrupted")
    assert renew(store, brief, 1) is Renewal.RENEWED


def test_a_heartbeat_for_a_brief_that_is_forgotten_says_so(store: Store, run: Run) -> None:
    assert store.briefs.renew(f"{run.run_id}.1.9", 1) is Renewal.UNKNOWN


# A worker stops


def test_a_brief_that_is_given_back_need_not_wait_for_its_lease(store: Store, brief: Brief) -> None:
    claim(store, brief)
    assert store.briefs.release(brief.brief_id, 1)
    assert events(store, brief)[-1] == "brief.returned"
    assert claim(store, brief, "second") is Claiming.GRANTED


def test_a_brief_that_is_another_worker_s_cannot_be_given_back(
    store: Store, settings: Settings, brief: Brief, clock: Clock
) -> None:
    claim(store, brief)
    clock.pass_by(settings.lease)
    claim(store, brief, "second")
    assert not store.briefs.release(brief.brief_id, 1)
    assert state(store, brief) is BriefState.CLAIMED


def test_a_reported_brief_cannot_be_given_back(store: Store, brief: Brief) -> None:
    claim(store, brief)
    store.briefs.report(brief, finding(brief))
    assert not store.briefs.release(brief.brief_id, 1)
    assert state(store, brief) is BriefState.REPORTED
