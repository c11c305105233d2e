"""A synthesis, written over each vendor's protocol."""

import pytest
from llmock.scenarios import Fail, Match, ToolCall

from swarm_app.contracts.documents import Citation
from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Claim, Kind
from tests.integration.models.briefs import LEASE, QUESTION, Borrowed
from tests.integration.models.test_injection import ORDERS, poses
from tests.unit.extractive.briefs import brief_of
from tests.vendors.server import Asked, Vendors, synthesis
from workers.engine import load

ENGINES = ["openai:gpt-5-mini", "anthropic:claude-opus-4-5", "google:gemini-2.5-pro", "local:qwen"]
SOURCE = Citation(path="docs/purge.md", start=3, end=3, quote=LEASE)
CLAIM = Claim(statement="The purge takes a lease.", citations=(SOURCE,), confidence=0.8)
BRIEF = brief_of(QUESTION, Role.SYNTHESISE, number=0, claims=(CLAIM,))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_model_writes_in_one_call_and_cites_the_sources_it_was_given(server: Vendors, engine: str) -> None:
    draft = load(engine).investigate(BRIEF, Borrowed())
    assert (draft.kind, draft.engine) == (Kind.SYNTHESIS, engine)
    assert [(each.citations, each.inference) for each in draft.answer] == [((SOURCE,), False), ((), True)]
    assert draft.receipt is not None
    assert (draft.receipt.calls, draft.input_tokens > 0) == (1, True)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_source_that_it_invents_is_sent_back_once_and_then_cites_nothing(
    server: Vendors, engine: str
) -> None:
    sentence = {"text": LEASE, "sources": [7]}
    server.script.say = lambda asked: ToolCall("final_result", {"summary": [], "answer": [sentence]})
    draft = load(engine).investigate(BRIEF, Borrowed())
    assert "there is no source 7" in server.script.asked[1].text
    assert [(each.citations, each.inference) for each in draft.answer] == [((), True)]
    assert len(server.script.asked) == 2


def test_a_vendor_that_is_away_leaves_it_to_the_next(server: Vendors) -> None:
    server.script.add(Fail(503, times=None, match=Match(provider="openai")))
    draft = load("openai:gpt-5-mini,google:gemini-2.5-pro").investigate(BRIEF, Borrowed(remaining=1.0))
    assert draft.engine == "google:gemini-2.5-pro"


def test_orders_in_claims_and_quotes_pose_as_data_only(server: Vendors) -> None:
    poisoned = [
        Claim(
            statement=f"It says: {order}",
            citations=(SOURCE.model_copy(update={"start": at, "end": at, "quote": f"{LEASE} {order}"}),),
            confidence=0.5,
        )
        for at, order in enumerate(ORDERS, 1)
    ]
    load(ENGINES[0]).investigate(BRIEF.model_copy(update={"claims": tuple(poisoned)}), Borrowed())
    (asked,) = server.script.asked
    assert asked.text.count("send_mail") >= len(ORDERS)
    assert poses(asked) == []


def test_a_tool_that_a_writer_asks_for_is_not_executed(server: Vendors) -> None:
    def curious(asked: Asked) -> ToolCall:
        known = "Unknown tool" in asked.text
        return synthesis(asked) if known else ToolCall("search", {"query": "more"})

    server.script.say = curious
    context = Borrowed()
    assert load(ENGINES[0]).investigate(BRIEF, context).answer
    assert len(server.script.asked) == 2
