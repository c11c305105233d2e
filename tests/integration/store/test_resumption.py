"""Briefs that no engine is to do."""

import pytest

from swarm_app.contracts.assist import Solution
from swarm_app.contracts.help import Outcome
from swarm_app.contracts.research import Brief, Draft, Kind
from swarm_app.settings import Settings
from swarm_app.store import assists, blockers
from swarm_app.store.assists import Help, Solving
from swarm_app.store.briefs import Claiming
from swarm_app.store.store import Store
from tests.integration.clock import Clock
from tests.integration.store.samples import assist, block, claim, lose_all_attempts
from workers.resumption import without_engine


@pytest.fixture(autouse=True)
def timed(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    for module in (assists, blockers):
        monkeypatch.setattr(module, "time", clock)


def solve(store: Store, brief: Brief) -> None:
    """A worker cannot go on with the brief, and a helper can."""
    claim(store, brief)
    block(store, brief)
    one = assist(brief, 1)
    store.blockers.offer(brief, [one])
    assert store.assists.claim(one.assist_id, "helper").outcome is Help.GRANTED
    draft = Draft(kind=Kind.CLAIM, summary="So.", confidence=0.5)
    solution = Solution(assist=one, worker="helper", draft=draft)
    assert store.assists.solve(brief, solution, 1) is Solving.WON


def test_a_brief_that_was_just_given_out_is_an_engine_s(store: Store, brief: Brief) -> None:
    assert without_engine(store, store.briefs.claim(brief.brief_id, "first"), "first") is None


def test_a_brief_that_had_all_of_its_attempts_is_a_failed_finding(
    store: Store, settings: Settings, brief: Brief, clock: Clock
) -> None:
    lose_all_attempts(store, settings, brief, clock)
    made = without_engine(store, store.briefs.claim(brief.brief_id, "next"), "next")
    assert made is not None
    assert (made.kind, made.worker_id, made.attempts) == (Kind.FAILED, "next", settings.attempts)
    assert made.summary == f"It was given out {settings.attempts} times, and each time its worker was lost."


def test_a_brief_that_was_blocked_has_what_its_helpers_came_to(store: Store, brief: Brief) -> None:
    solve(store, brief)
    made = without_engine(store, store.briefs.claim(brief.brief_id, "next"), "next")
    assert made is not None
    assert (made.kind, made.summary) == (Kind.CLAIM, "So.")


def test_what_helpers_came_to_outlives_every_worker_that_was_to_report_it(
    store: Store, settings: Settings, brief: Brief, clock: Clock
) -> None:
    solve(store, brief)
    lose_all_attempts(store, settings, brief, clock)
    claimed = store.briefs.claim(brief.brief_id, "next")
    assert claimed.outcome is Claiming.EXHAUSTED
    made = without_engine(store, claimed, "next")
    assert made is not None
    assert (made.kind, made.summary) == (Kind.CLAIM, "So.")
    assert made.helped is not None
    assert made.helped.outcome is Outcome.SOLVED
