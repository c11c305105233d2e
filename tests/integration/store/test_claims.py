"""Briefs that are not given out, and reports that come late."""

from typing import Any

import pytest
import redis

from swarm_app.contracts.research import Brief
from swarm_app.contracts.run import Run, RunState
from swarm_app.settings import Settings
from swarm_app.store.briefs import Claiming, Renewal
from swarm_app.store.store import Store
from tests.integration.clock import Clock
from tests.integration.store.samples import (
    claim,
    close,
    conclude,
    events,
    finding,
    lose_all_attempts,
    opened,
    progress,
    renew,
    running,
)


def test_a_brief_that_had_all_of_its_attempts_is_exhausted(
    store: Store, settings: Settings, brief: Brief, clock: Clock
) -> None:
    lose_all_attempts(store, settings, brief, clock)
    refused = store.briefs.claim(brief.brief_id, "next")
    assert (refused.outcome, refused.brief, refused.attempts) == (
        Claiming.EXHAUSTED,
        brief,
        settings.attempts,
    )
    assert progress(store, brief).executed == settings.attempts


def test_no_brief_is_given_out_after_the_run_s_deadline(
    store: Store, run: Run, brief: Brief, clock: Clock
) -> None:
    clock.now = run.queued_at + 1000.0
    assert claim(store, brief) is Claiming.SPENT


def test_no_more_briefs_are_given_out_than_the_run_may_have(store: Store) -> None:
    first, second = opened(store, running(store, max_briefs=1))
    assert claim(store, first) is Claiming.GRANTED
    assert claim(store, second) is Claiming.SPENT


def test_a_reported_brief_is_reported_also_when_the_run_is_spent(store: Store) -> None:
    first, _ = opened(store, running(store, max_briefs=1))
    claim(store, first)
    store.briefs.report(first, finding(first))
    assert claim(store, first) is Claiming.REPORTED


def test_work_under_way_is_reported_also_when_the_run_is_spent(store: Store) -> None:
    first, _ = opened(store, running(store, max_briefs=1))
    claim(store, first)
    assert store.briefs.report(first, finding(first)) == 1


def test_a_failed_run_takes_the_report_of_work_under_way_since_it_can_be_resumed(
    store: Store, brief: Brief
) -> None:
    claim(store, brief)
    store.runs.move(brief.run_id, {RunState.RUNNING}, RunState.FAILED, reason="a step failed")
    assert store.briefs.report(brief, finding(brief)) == 1


# Its answer is lost


@pytest.fixture
def deaf(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Its connection breaks once, when the server has done its part, before the answer is read."""
    hear = store.client.parse_response
    broken: list[str] = []

    def heard(connection: Any, command: str, **options: Any) -> Any:
        answer = hear(connection, command, **options)
        if command == "EVALSHA" and not broken:
            broken.append(command)
            raise redis.ConnectionError("the connection was reset")
        return answer

    monkeypatch.setattr(store.client, "parse_response", heard)
    return store


def test_a_claim_whose_answer_is_lost_is_asked_again_and_is_one_claim(
    store: Store, brief: Brief, deaf: Store
) -> None:
    claimed = deaf.briefs.claim(brief.brief_id, "first")
    assert (claimed.outcome, claimed.brief, claimed.attempts) == (Claiming.GRANTED, brief, 1)
    assert progress(store, brief).executed == 1
    assert events(store, brief).count("brief.claimed") == 1
    assert renew(store, brief, 1) is Renewal.RENEWED
    assert claim(store, brief, "first") is Claiming.HELD


# A pass closes


def test_a_pass_that_is_closed_gives_out_no_brief_and_takes_reports_as_late(
    store: Store, run: Run, brief: Brief
) -> None:
    claim(store, brief)
    close(store, run.run_id)
    assert store.briefs.claim(f"{run.run_id}.1.2", "second").outcome is Claiming.CLOSED
    assert store.briefs.report(brief, finding(brief)) == 1
    assert progress(store, brief).late == 1


def test_all_who_conclude_a_pass_are_told_of_the_same_findings(store: Store, run: Run, brief: Brief) -> None:
    claim(store, brief)
    assert close(store, run.run_id).known == 0
    store.briefs.report(brief, finding(brief))
    assert close(store, run.run_id).known == 0


def test_a_brief_of_a_closed_pass_is_not_given_out(store: Store, run: Run, brief: Brief) -> None:
    conclude(store, run.run_id)
    assert claim(store, brief) is Claiming.CLOSED


def test_a_report_after_its_pass_was_closed_is_stored_and_marked_late(
    store: Store, run: Run, brief: Brief
) -> None:
    claim(store, brief)
    conclude(store, run.run_id)
    assert store.briefs.report(brief, finding(brief)) == 1
    assert progress(store, brief).late == 1
    assert events(store, brief)[-1] == "brief.late"


def test_a_brief_notes_how_often_its_message_was_sent(store: Store, brief: Brief, clock: Clock) -> None:
    store.briefs.sent([brief.brief_id])
    clock.pass_by(5.0)
    store.briefs.sent([brief.brief_id])
    standing = store.briefs.standings([brief.brief_id])[0]
    assert (standing.sends, standing.sent_at) == (2, clock.now)


def test_a_brief_that_is_not_stored_has_no_standing(store: Store, run: Run) -> None:
    assert store.briefs.standings([f"{run.run_id}.1.9"]) == []
