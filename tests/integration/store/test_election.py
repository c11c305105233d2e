import time

from swarm_app.store.store import Store

TERM = 60.0  # seconds: longer than a test
DEADLINE = 30.0


def test_one_of_two_is_elected(store: Store) -> None:
    assert store.election.stand("first", TERM)
    assert not store.election.stand("second", TERM)


def test_the_one_elected_stays_so(store: Store) -> None:
    store.election.stand("first", TERM)
    assert store.election.stand("first", TERM)


def test_when_the_one_elected_resigns_another_is_elected_at_once(store: Store) -> None:
    store.election.stand("first", TERM)
    store.election.resign("first")
    assert store.election.stand("second", TERM)


def test_nobody_resigns_for_another(store: Store) -> None:
    store.election.stand("first", TERM)
    store.election.resign("second")
    assert not store.election.stand("second", TERM)


def test_when_the_one_elected_falls_silent_its_term_ends(store: Store) -> None:
    store.election.stand("first", 0.05)
    deadline = time.monotonic() + DEADLINE
    while not store.election.stand("second", TERM):
        assert time.monotonic() < deadline
    assert not store.election.stand("first", TERM)
