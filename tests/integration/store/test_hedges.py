"""Stragglers: a brief that two workers are at."""

import pytest

from swarm_app.contracts.research import Brief
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
)


def test_a_straggler_is_given_to_one_more_worker(store: Store, brief: Brief) -> None:
    claim(store, brief)
    store.briefs.hedge(brief.brief_id)
    assert claim(store, brief, "second") is Claiming.GRANTED
    assert claim(store, brief, "third") is Claiming.HELD
    assert (progress(store, brief).hedged, progress(store, brief).redelivered) == (1, 0)
    assert events(store, brief)[-1] == "brief.hedged"


def test_both_workers_of_a_straggler_keep_it(store: Store, brief: Brief) -> None:
    claim(store, brief)
    store.briefs.hedge(brief.brief_id)
    claim(store, brief, "second")
    assert [renew(store, brief, attempt) for attempt in (1, 2)] == [Renewal.RENEWED] * 2


def test_the_first_report_of_a_straggler_stands_and_stops_the_other_worker(
    store: Store, brief: Brief
) -> None:
    claim(store, brief)
    store.briefs.hedge(brief.brief_id)
    claim(store, brief, "second")
    assert store.briefs.report(brief, finding(brief, "second")) == 1
    assert renew(store, brief, 1) is Renewal.REPORTED
    assert store.briefs.report(brief, finding(brief, "first")) is None


def test_the_last_attempt_is_left_to_the_worker_that_is_at_it(
    store: Store, settings: Settings, brief: Brief, clock: Clock
) -> None:
    for _ in range(settings.attempts):
        clock.pass_by(settings.lease)
        store.briefs.expire(brief.brief_id)
        assert claim(store, brief) is Claiming.GRANTED
    store.briefs.hedge(brief.brief_id)
    assert claim(store, brief, "second") is Claiming.HELD


def test_a_straggler_that_is_given_back_before_the_second_worker_came_is_not_hedged(
    store: Store, brief: Brief
) -> None:
    claim(store, brief)
    store.briefs.hedge(brief.brief_id)
    store.briefs.release(brief.brief_id, 1)
    assert claim(store, brief, "second") is Claiming.GRANTED
    assert claim(store, brief, "third") is Claiming.HELD
    assert (progress(store, brief).hedged, progress(store, brief).redelivered) == (0, 1)


def hedged(store: Store, brief: Brief) -> None:
    """Two workers are at it: attempts 1 and 2."""
    claim(store, brief)
    store.briefs.hedge(brief.brief_id)
    claim(store, brief, "second")


@pytest.mark.parametrize(("stops", "stays"), [(1, 2), (2, 1)])
def test_a_straggler_that_one_worker_gives_back_stays_with_the_other(
    store: Store, brief: Brief, stops: int, stays: int
) -> None:
    hedged(store, brief)
    assert store.briefs.release(brief.brief_id, stops)
    assert (renew(store, brief, stops), renew(store, brief, stays)) == (Renewal.LOST, Renewal.RENEWED)
    assert claim(store, brief, "third") is Claiming.HELD


def test_a_straggler_that_both_workers_give_back_is_given_out_again(store: Store, brief: Brief) -> None:
    hedged(store, brief)
    assert store.briefs.release(brief.brief_id, 2)
    assert store.briefs.release(brief.brief_id, 1)
    assert not store.briefs.release(brief.brief_id, 1)
    assert claim(store, brief, "third") is Claiming.GRANTED
    assert renew(store, brief, 1) is Renewal.LOST


def test_a_brief_that_both_workers_lost_can_be_hedged_again(
    store: Store, settings: Settings, brief: Brief, clock: Clock
) -> None:
    claim(store, brief)
    store.briefs.hedge(brief.brief_id)
    claim(store, brief, "second")
    clock.pass_by(settings.lease)
    assert store.briefs.expire(brief.brief_id)
    claim(store, brief, "third")
    assert store.briefs.standings([brief.brief_id])[0].hedge == ""
