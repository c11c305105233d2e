"""One brief, done over each vendor's protocol."""

import threading
import time
from pathlib import Path
from typing import Literal

import pytest
from llmock.scenarios import Delay, Fail, Match, Reply, ToolCall, ToolFault

from swarm_app.contracts.research import Kind
from swarm_app.errors import EngineAway, EngineError
from swarm_app.settings import current
from tests.integration.models.briefs import BRIEF, LEASE, Borrowed
from tests.vendors.server import Vendors, claim, hand_in
from tests.vendors.storm import Broken, Spell
from workers.engine import load

ENGINES = ["openai:gpt-5-mini", "anthropic:claude-opus-4-5", "google:gemini-2.5-pro", "local:qwen"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_model_searches_and_hands_in_a_claim_with_its_lines(server: Vendors, engine: str) -> None:
    draft = load(engine).investigate(BRIEF, Borrowed())
    assert draft.kind is Kind.CLAIM
    assert draft.claims[0].citations[0].quote == LEASE
    assert draft.engine == engine
    assert [record.status for record in server.state.journal.records()] == [200, 200]


@pytest.mark.parametrize("engine", ENGINES)
def test_tokens_and_cost_are_those_that_the_vendor_reported(server: Vendors, engine: str) -> None:
    draft = load(engine).investigate(BRIEF, Borrowed())
    assert draft.receipt is not None
    assert draft.input_tokens > 0
    assert draft.output_tokens > 0
    assert draft.receipt.calls == 2
    assert draft.receipt.model == engine.partition(":")[2]
    assert draft.receipt.priced is not engine.startswith("local:")
    assert (draft.cost_usd > 0) is draft.receipt.priced


@pytest.mark.parametrize("engine", ENGINES)
def test_failures_in_passing_are_tried_again(server: Vendors, engine: str) -> None:
    server.script.add(Fail(429, retry_after=0.1), Fail(503), Fail(500))
    draft = load(engine).investigate(BRIEF, Borrowed())
    assert draft.kind is Kind.CLAIM
    assert draft.receipt is not None
    assert draft.receipt.failures == 3


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("status", "words"), [(401, "refuses the key"), (404, "knows no model")])
def test_a_wrong_key_and_an_unknown_model_fail_at_once_by_name(
    server: Vendors, engine: str, status: int, words: str
) -> None:
    server.script.add(Fail(status, times=None))
    with pytest.raises(EngineError, match=words) as raised:
        load(engine).investigate(BRIEF, Borrowed())
    assert not isinstance(raised.value, EngineAway)
    assert engine in str(raised.value)
    assert len(server.state.journal.records()) == 1


def test_a_key_that_a_vendor_echoes_is_not_in_the_reason(server: Vendors) -> None:
    server.script.add(Fail(401, message="Incorrect API key provided: sk-test-openai-0001.", times=None))
    with pytest.raises(EngineError) as raised:
        load("openai:gpt-5-mini").investigate(BRIEF, Borrowed())
    assert "sk-test" not in str(raised.value)


def test_the_next_engine_takes_the_brief_of_one_that_is_away(server: Vendors) -> None:
    server.script.add(Fail(503, times=None, match=Match(provider="openai")))
    draft = load("openai:gpt-5-mini,google:gemini-2.5-pro").investigate(BRIEF, Borrowed(remaining=1.0))
    assert draft.engine == "google:gemini-2.5-pro"


def test_a_call_in_flight_is_cancelled_when_nobody_waits_for_the_brief(server: Vendors) -> None:
    server.script.add(Delay(60.0, times=None))
    context, raised = Borrowed(), []

    def work() -> None:
        with pytest.raises(EngineError) as caught:
            load("openai:gpt-5-mini").investigate(BRIEF, context)
        raised.append(caught.value)

    thread = threading.Thread(target=work)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.state.journal.in_flight and time.monotonic() < deadline:
        thread.join(0.02)
    context.remaining = 0.0
    thread.join(20)
    assert "cancelled" in str(raised[0])


def test_an_invented_citation_is_sent_back_once_and_then_left_to_the_gate(server: Vendors) -> None:
    lie = hand_in(
        "It is so.", claim("It is so.", "docs/purge.md", 3, "The purge never runs twice, we swear.")
    )
    server.script.say = lambda asked: lie
    draft = load("anthropic:claude-opus-4-5").investigate(BRIEF, Borrowed())
    assert len(server.script.asked) == 2
    assert "These citations do not hold" in server.script.asked[1].text
    assert draft.citations[0].quote.startswith("The purge never")


def test_a_tool_that_was_not_offered_is_not_executed(server: Vendors) -> None:
    server.script.add(ToolFault("unknown_tool"))
    draft = load("openai:gpt-5-mini").investigate(BRIEF, Borrowed())
    assert draft.kind is Kind.CLAIM
    assert "llmock_unknown_tool" in server.script.asked[1].text


def test_malformed_arguments_are_sent_back(server: Vendors) -> None:
    server.script.add(ToolFault("malformed_arguments"))
    assert load("openai:gpt-5-mini").investigate(BRIEF, Borrowed()).kind is Kind.CLAIM


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("how", ["cut", "dropped"])
def test_an_answer_that_does_not_arrive_whole_is_asked_for_again(
    server: Vendors, engine: str, how: Literal["cut", "dropped"]
) -> None:
    server.script.storm = Spell([Broken(how=how)])
    draft = load(engine).investigate(BRIEF, Borrowed())
    assert draft.kind is Kind.CLAIM
    assert draft.receipt is not None
    assert (draft.receipt.calls, draft.receipt.failures) == (2, 1)


@pytest.mark.parametrize("how", ["drips", "page", "nothing"])
def test_what_comes_in_place_of_an_answer_is_none_and_is_asked_for_again(
    server: Vendors, how: Literal["drips", "page", "nothing"]
) -> None:
    server.script.storm = Spell([Broken(how=how)])
    context = Borrowed(remaining=30.0)
    draft = load("openai:gpt-5-mini").investigate(BRIEF, context)
    assert (draft.kind, draft.receipt and draft.receipt.failures) == (Kind.CLAIM, 1)
    assert len(context.meter.calls) == 3, "each call lands, however it ends"


@pytest.mark.parametrize("engine", ENGINES)
def test_an_answer_that_goes_on_and_on_is_left_to_the_next_engine_unread(
    server: Vendors, engine: str
) -> None:
    server.script.add(Reply(text="word " * 200_000, times=None))
    with pytest.raises(EngineAway, match=r"went on for too long \(.*,000 characters") as raised:
        load(engine).investigate(BRIEF, Borrowed())
    assert engine in str(raised.value)
    assert len(server.state.journal.records()) == 1


def test_a_vendor_that_hangs_has_two_tries_and_leaves_time_for_the_next_engine(
    server: Vendors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "hasty.toml"
    file.write_text(server.tables.replace("timeout_s = 5.0", "timeout_s = 1.0"), "utf-8")
    monkeypatch.setenv("SWARM_MODELS", str(file))
    current.cache_clear()
    server.script.add(Delay(60.0, times=None, match=Match(provider="openai")))
    draft = load("openai:gpt-5-mini,google:gemini-2.5-pro").investigate(BRIEF, Borrowed())
    assert draft.engine == "google:gemini-2.5-pro"
    begun = [record.provider for record in server.state.journal.records()]
    assert len(begun) - begun.count("gemini") + server.state.journal.in_flight == 2


def test_a_model_that_never_hands_in_leaves_the_brief_to_the_next_engine(server: Vendors) -> None:
    server.script.say = lambda asked: ToolCall("search", {"query": f"purge {len(server.script.asked)}"})
    with pytest.raises(EngineAway, match="12 answers, and nothing was handed in"):
        load("openai:gpt-5-mini").investigate(BRIEF, Borrowed())
