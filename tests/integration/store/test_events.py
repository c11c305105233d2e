import threading

import pytest

from swarm_app.contracts.run import Run
from swarm_app.store.store import Store
from tests.integration.store.samples import running

DEADLINE = 5.0  # seconds that a test waits for what will come


@pytest.fixture
def run(store: Store) -> Run:
    return running(store)


def test_an_event_is_read_as_it_was_appended(store: Store, run: Run) -> None:
    store.events.append(run.run_id, "server.away", {"seconds": 3, "where": "…"})
    event = store.events.read(run.run_id)[-1]
    assert (event.run_id, event.type, event.data) == (
        run.run_id,
        "server.away",
        {"seconds": 3, "where": "…"},
    )


def test_a_run_that_nobody_has_heard_of_has_no_events(store: Store) -> None:
    assert store.events.read("run_none") == []


def test_events_are_read_a_part_at_a_time(store: Store, run: Run) -> None:
    first = store.events.read(run.run_id, count=1)
    assert [event.type for event in first] == ["run.queued"]
    following = store.events.read(run.run_id, after=first[0].event_id, count=1)
    assert [event.type for event in following] == ["run.started"]


def test_a_reader_waits_for_the_next_event(store: Store, run: Run) -> None:
    last = store.events.read(run.run_id)[-1].event_id
    writer = threading.Timer(0.05, store.events.append, (run.run_id, "brief.claimed", {}))
    writer.start()
    awaited = store.events.read(run.run_id, after=last, wait=DEADLINE)
    writer.join()
    assert [event.type for event in awaited] == ["brief.claimed"]


def test_a_reader_that_waited_in_vain_gets_nothing(store: Store, run: Run) -> None:
    last = store.events.read(run.run_id)[-1].event_id
    assert store.events.read(run.run_id, after=last, wait=0.01) == []
