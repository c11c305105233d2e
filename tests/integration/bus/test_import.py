"""What was exported is imported as it was."""

import json
from collections.abc import Iterator

import pytest

from swarm_app.client.bus import Bus
from swarm_app.errors import UsageError
from swarm_app.settings import Settings
from swarm_app.store.store import Store
from tests.integration.bus.test_post import QUERY, quoted, response
from tests.integration.bus.test_tail import worked


@pytest.fixture
def elsewhere(settings: Settings) -> Iterator[Bus]:
    """The bus of an empty store."""
    store = Store(settings.model_copy(update={"namespace": f"{settings.namespace}x"}))
    yield Bus(store, lambda: None)
    store.client.delete(*store.client.scan_iter(f"{settings.namespace}x:*"))
    store.close()


@pytest.fixture
def session(bus: Bus, store: Store) -> list[str]:
    """What the tail prints of a session: a question, a run, an answer, verdicts."""
    bus.post([QUERY])
    worked(store)
    bus.post([response("SESSION-RESUME.md:87-92", quoted()), {"type": "debug_msg", "message": "“ok”\x1f"}])
    return printed(bus)


def printed(bus: Bus) -> list[str]:
    return [json.dumps(event.model_dump(mode="json"), ensure_ascii=False) for event in bus.tail(follow=False)]


def test_an_export_imported_into_an_empty_store_is_equal(session: list[str], elsewhere: Bus) -> None:
    elsewhere.load(session)
    assert printed(elsewhere) == session
    assert len(session) >= 8


def test_importing_again_changes_nothing(session: list[str], elsewhere: Bus, bus: Bus) -> None:
    elsewhere.load(session)
    assert elsewhere.load(session) == []
    assert bus.load(session) == []
    assert printed(elsewhere) == printed(bus) == session


def test_the_messages_of_an_export_are_the_session_that_was_posted(
    session: list[str], elsewhere: Bus
) -> None:
    messages = [event["data"] for event in map(json.loads, session) if "." not in event["type"]]
    elsewhere.post(messages)
    again = [event["data"] for event in map(json.loads, printed(elsewhere)) if "." not in event["type"]]
    assert again == messages


def test_an_imported_run_is_read_by_its_id(session: list[str], elsewhere: Bus) -> None:
    elsewhere.load(session)
    run_id = next(event["run_id"] for event in map(json.loads, session) if event["run_id"])
    assert {event.run_id for event in elsewhere.tail(run=run_id[:10])} == {run_id}


def test_nobody_else_writes_the_events_of_a_run_that_is_remembered(bus: Bus, store: Store) -> None:
    forged = {"event_id": "1-1", "run_id": worked(store), "type": "run.done", "at": 1.0, "data": {}}
    before = printed(bus)
    with pytest.raises(UsageError, match="Line 1"):
        bus.load([json.dumps(forged)])
    assert printed(bus) == before
