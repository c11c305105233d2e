"""Outsiders have their say, and their sources are checked."""

from pathlib import Path
from typing import Any

import pytest

from swarm_app.client.bus import Bus
from swarm_app.client.loading import Loader
from swarm_app.contracts.run import Event
from swarm_app.errors import UsageError
from swarm_app.settings import Settings
from swarm_app.store.store import Store

QUOTE = "Decision 7 of the session was to keep the queue."
QUERY = {
    "type": "query",
    "from": "sonnet_1",
    "to": "haiku",
    "query_id": "q1",
    "question": "What was decided?",
}


def response(*sources: Any) -> dict[str, Any]:
    return {
        "type": "response",
        "from": "haiku_2",
        "query_id": "q1",
        "answer": "Kept.",
        "sources": list(sources),
    }


def quoted(**fields: Any) -> dict[str, Any]:
    return {"path": "history/SESSION-RESUME.md", "start": 7, "end": 7, "quote": QUOTE} | fields


def verdicts(bus: Bus, *sources: Any) -> list[str]:
    return [source["verdict"] for source in bus.post([response(*sources)])[-1].data["sources"]]


def on_the_bus(bus: Bus) -> list[Event]:
    return list(bus.tail(follow=False))


def test_a_message_is_on_the_bus_as_it_was_said_with_what_nobody_has_heard_of(bus: Bus) -> None:
    said = QUERY | {
        "context_file": "/x/SESSION-RESUME.md",
        "timestamp": 1763680738.1,
        "deep": {"er": [1, None]},
    }
    bus.post([said])
    assert [(event.type, event.run_id, event.data) for event in on_the_bus(bus)] == [("query", "", said)]


def test_what_was_posted_is_returned_as_it_is_read(bus: Bus) -> None:
    assert bus.post([QUERY, response("SESSION-RESUME.md:12")]) == on_the_bus(bus)


def test_verdicts_follow_the_answer_and_name_it(bus: Bus) -> None:
    asked, answered, checked = bus.post([QUERY, response("SESSION-RESUME.md:12")])
    assert (asked.type, answered.type, checked.type) == ("query", "response", "sources.checked")
    assert (checked.data["of"], checked.data["from"], checked.data["query_id"]) == (
        answered.event_id,
        "haiku_2",
        "q1",
    )


def test_bare_lines_that_exist_are_unchecked_and_others_are_invalid(bus: Bus) -> None:
    sources = ("SESSION-RESUME.md:87-92", "SESSION-RESUME.md:12", "SESSION-RESUME.md:99-101", "OTHER.md:1")
    assert verdicts(bus, *sources) == ["unchecked", "unchecked", "invalid", "invalid"]


def test_a_quote_that_stands_is_verified_and_one_that_does_not_is_invalid(bus: Bus) -> None:
    assert verdicts(bus, quoted(), quoted(start=8, end=8)) == ["verified", "invalid"]


def test_a_quote_from_a_file_that_has_changed_since_is_stale(bus: Bus, file: Path) -> None:
    file.write_text(file.read_text("utf-8") + "One more line.\n", "utf-8")
    assert verdicts(bus, quoted()) == ["stale"]


def test_a_quote_from_another_version_than_the_shard_holds_does_not_stand(bus: Bus) -> None:
    assert verdicts(bus, quoted(sha256="0" * 64)) == ["invalid"]


def test_a_source_that_names_no_lines_is_invalid_and_says_so(bus: Bus) -> None:
    (checked,) = bus.post([response("SESSION-RESUME.md")])[-1].data["sources"]
    assert checked["verdict"] == "invalid"
    assert "no lines" in checked["reason"]


def test_a_name_that_several_documents_have_is_invalid_until_it_is_told_in_full(
    bus: Bus, file: Path, store: Store, settings: Settings
) -> None:
    (file.parent / "old").mkdir()
    (file.parent / "old" / file.name).write_text("Another.\n", "utf-8")
    Loader(settings, store).one("history", [file.parent], None, None)
    sources = ("SESSION-RESUME.md:1", "history/old/SESSION-RESUME.md:1")
    assert verdicts(bus, *sources) == ["invalid", "unchecked"]


def test_bad_lines_are_all_named_and_nothing_is_posted(bus: Bus) -> None:
    lines = [
        '{"type": "query"}',
        "",
        "not JSON",
        "[1]",
        '{"from": "x"}',
        '{"type": "a.b"}',
        '{"type": "x", "n": NaN}',
    ]
    with pytest.raises(UsageError) as caught:
        bus.load(lines)
    assert [f"line {number}" in str(caught.value) for number in range(1, 8)] == [
        False,
        False,
        True,
        True,
        True,
        True,
        True,
    ]
    assert on_the_bus(bus) == []


def test_a_message_can_name_the_run_that_it_is_about(bus: Bus) -> None:
    bus.post([QUERY, QUERY | {"run_id": "run_abc"}])
    assert [event.run_id for event in bus.tail(run="run_abc")] == ["run_abc"]


def test_a_long_session_is_posted_whole_and_each_verdict_names_its_message(bus: Bus) -> None:
    posted = bus.post([response("SESSION-RESUME.md:12") | {"n": number} for number in range(1500)])
    assert posted == on_the_bus(bus)
    answered, checked = posted[::2], posted[1::2]
    assert [event.data["of"] for event in checked] == [event.event_id for event in answered]
    assert [event.data["n"] for event in answered] == list(range(1500))
