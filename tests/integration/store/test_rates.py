"""Rates: what a vendor's account takes, shared by all workers."""

import random

import pytest

from swarm_app.contracts.calls import Call, Landing, Limits
from swarm_app.store import calls
from swarm_app.store.store import Store
from tests.integration.clock import Clock

RUN = "run_of_nobody"


@pytest.fixture(autouse=True)
def watched(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Clock:
    monkeypatch.setattr(calls, "time", clock)
    return clock


def call(number: int, tokens: int = 100, account: str = "openai", **limits: int) -> Call:
    return Call(
        call_id=f"call-{number}",
        account=account,
        engine=f"{account}:model",
        limits=Limits.model_validate(limits),
        tokens=tokens,
        cost_usd=0.0,
        patience=30.0,
    )


def wait(store: Store, one: Call) -> float:
    """Seconds until the call may go; 0 when it has leave."""
    return store.calls.leave(RUN, one).seconds


def admitted(store: Store, clock: Clock, seconds: int, **limits: int) -> int:
    """How many calls of as many as are wanted go in so many seconds."""
    gone = 0
    for _ in range(seconds * 10):
        while wait(store, call(gone, **limits)) == 0.0:
            store.calls.landed(RUN, call(gone, **limits), Landing.ANSWERED, tokens=100)
            gone += 1
        clock.pass_by(0.1)
    return gone


def test_without_a_limit_every_call_goes(store: Store) -> None:
    assert [wait(store, call(number)) for number in range(200)] == [0.0] * 200


def test_requests_stay_just_under_the_limit(store: Store, clock: Clock) -> None:
    gone = admitted(store, clock, 60, requests_per_minute=120)
    assert 105 <= gone <= 126, "95 % of 120, and a burst of six seconds"


def test_tokens_stay_just_under_the_limit(store: Store, clock: Clock) -> None:
    gone = admitted(store, clock, 60, tokens_per_minute=6_000)
    assert 52 <= gone <= 63


def test_a_call_larger_than_the_bucket_goes_when_the_bucket_is_full(store: Store, clock: Clock) -> None:
    large = call(1, tokens=50_000, tokens_per_minute=6_000)
    assert wait(store, large) == 0.0
    assert wait(store, call(2, tokens=50_000, tokens_per_minute=6_000)) > 60


def test_tokens_that_were_not_used_are_given_back(store: Store) -> None:
    one = call(1, tokens=570, tokens_per_minute=6_000)
    assert wait(store, one) == 0.0
    store.calls.landed(RUN, one, Landing.ANSWERED, tokens=70)
    assert wait(store, call(2, tokens=400, tokens_per_minute=6_000)) == 0.0


def test_no_more_calls_than_agreed_are_in_the_air(store: Store) -> None:
    assert [wait(store, call(number, concurrency=2)) > 0 for number in range(3)] == [False, False, True]
    store.calls.landed(RUN, call(0, concurrency=2), Landing.ANSWERED)
    assert wait(store, call(3, concurrency=2)) == 0.0


def test_a_call_whose_worker_was_lost_makes_room_in_time(store: Store, clock: Clock) -> None:
    wait(store, call(1, concurrency=1))
    clock.pass_by(31)
    assert wait(store, call(2, concurrency=1)) == 0.0


def test_a_refusal_stops_all_workers_until_the_vendor_wants_to_be_asked(store: Store, clock: Clock) -> None:
    wait(store, call(1))
    store.calls.landed(RUN, call(1), Landing.REFUSED, pause=4.0)
    assert wait(store, call(2)) == pytest.approx(4.0, abs=0.01)
    assert wait(store, call(3, account="anthropic")) == 0.0
    clock.pass_by(4.1)
    assert wait(store, call(2)) == 0.0


def test_a_refusal_that_lands_twice_since_the_answer_was_lost_lowers_the_rate_once(
    store: Store, clock: Clock
) -> None:
    admitted(store, clock, 1, requests_per_minute=200)
    for number in (101, 102):
        wait(store, call(number))
        store.calls.landed(RUN, call(number), Landing.REFUSED, pause=1.0)
        clock.pass_by(1.1)
    lowered = store.calls.learnt("openai")
    store.calls.landed(RUN, call(102), Landing.REFUSED, pause=1.0)
    assert store.calls.learnt("openai") == lowered
    assert wait(store, call(103)) == 0.0


def test_a_limit_that_nobody_told_is_learnt(store: Store, clock: Clock) -> None:
    """A vendor that takes 120 requests a minute, from a bucket of two, and refuses the rest."""
    bucket, refused, gone = 2.0, 0, 0
    for _ in range(10 * 240):
        bucket = min(2.0, bucket + 0.2)
        while wait(store, call(gone)) == 0.0:
            gone += 1
            if bucket >= 1:
                bucket -= 1
                store.calls.landed(RUN, call(gone - 1), Landing.ANSWERED)
            else:
                refused += 1
                store.calls.landed(RUN, call(gone - 1), Landing.REFUSED, pause=0.5)
        clock.pass_by(0.1)
    assert store.calls.learnt("openai") == pytest.approx(120, rel=0.4)
    assert gone - refused > 0.75 * 480, "most of what the vendor would take"
    assert refused < 0.1 * gone


def test_a_vendor_that_refuses_at_random_is_not_given_up(store: Store, clock: Clock) -> None:
    chance, gone, answered = random.Random(7), 0, 0
    for _ in range(10 * 120):
        for _ in range(2):  # twenty calls a second are wanted
            if wait(store, call(gone)) == 0.0:
                refused = chance.random() < 0.3
                answered += not refused
                landing = Landing.REFUSED if refused else Landing.ANSWERED
                store.calls.landed(RUN, call(gone), landing, pause=0.3 if refused else 0.0)
                gone += 1
        clock.pass_by(0.1)
    assert answered > 60, "the least rate alone would have 42 answered"
