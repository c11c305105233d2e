"""Everything that happens is one stream."""

import threading

import pytest

from swarm_app.client.bus import Bus
from swarm_app.contracts.run import Event, RunState
from swarm_app.errors import UnknownError, UsageError
from swarm_app.store.moment import split
from swarm_app.store.store import Store
from tests.integration.store.samples import claim, finding, opened, running

DEADLINE = 10.0


def worked(store: Store) -> str:
    """A run in which something happened."""
    run = running(store)
    first, _ = opened(store, run)
    claim(store, first)
    store.briefs.report(first, finding(first))
    return run.run_id


def types(events: list[Event]) -> list[str]:
    return [event.type for event in events]


def test_the_events_of_all_runs_and_the_posts_are_one_stream_in_order(bus: Bus, store: Store) -> None:
    one = worked(store)
    bus.post([{"type": "query", "from": "me"}])
    other = worked(store)
    events = list(bus.tail(follow=False))
    assert {event.run_id for event in events} == {one, "", other}
    assert [split(event.event_id) for event in events] == sorted(split(event.event_id) for event in events)
    assert [event for event in events if event.run_id == one] == store.events.read(one)


def test_one_runs_events_are_told_apart_and_end_with_it(bus: Bus, store: Store) -> None:
    one, _ = worked(store), worked(store)
    store.runs.move(one, {RunState.RUNNING}, RunState.DONE)
    assert list(bus.tail(run=one[:9])) == store.events.read(one)


def test_types_are_whole_names_or_families(bus: Bus, store: Store) -> None:
    worked(store)
    assert set(types(list(bus.tail(types=["brief"], follow=False)))) == {"brief.claimed", "brief.reported"}
    assert types(list(bus.tail(types=["run.queued", "query"], follow=False))) == ["run.queued"]


def test_it_is_read_from_an_event_on_that_is_included(bus: Bus, store: Store) -> None:
    worked(store)
    bus.post([{"type": "query", "from": "me"}])
    worked(store)
    events = list(bus.tail(follow=False))
    for place in (1, 5, len(events) - 1):
        assert (
            list(bus.tail(start=events[place].event_id, follow=False))[-len(events) + place :]
            == events[place:]
        )


def test_it_is_read_from_a_time_on(bus: Bus, store: Store, began: float) -> None:
    worked(store)
    assert list(bus.tail(start=began, follow=False)) == list(bus.tail(follow=False))
    assert list(bus.tail(start=began + 3600, follow=False)) == []


def test_what_comes_is_read_live_also_of_runs_that_begin_meanwhile(bus: Bus, store: Store) -> None:
    worked(store)
    tail = bus.tail(types=["brief.reported", "query"])
    happening = threading.Timer(0.2, lambda: (worked(store), bus.post([{"type": "query"}])))
    happening.start()
    seen = [next(tail), next(tail)]
    happening.join(DEADLINE)
    assert types(seen) == ["brief.reported", "query"]


def test_what_is_past_is_followed_by_what_comes_without_a_gap_or_a_repeat(bus: Bus, store: Store) -> None:
    one = worked(store)
    tail = bus.tail(run=one)
    before = [next(tail) for _ in store.events.read(one)]
    store.runs.move(one, {RunState.RUNNING}, RunState.DONE)
    assert [*before, *tail] == store.events.read(one)


def test_a_long_stream_is_read_in_parts(bus: Bus, store: Store) -> None:
    run_id = worked(store)
    for number in range(1200):
        store.events.append(run_id, "test.counted", {"number": number})
    counted = bus.tail(types=["test"], follow=False)
    assert [event.data["number"] for event in counted] == list(range(1200))


def test_a_run_that_nobody_has_heard_of_is_refused_at_once(bus: Bus) -> None:
    with pytest.raises(UnknownError, match="run_none"):
        bus.tail(run="run_none")


def test_a_point_that_is_none_is_refused_at_once(bus: Bus) -> None:
    with pytest.raises(UsageError, match="yesterday"):
        bus.tail(start="yesterday")
