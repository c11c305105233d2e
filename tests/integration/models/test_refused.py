"""A vendor's filter that refuses a brief: it would refuse it again, so nobody asks it again."""

import pytest
from llmock.scenarios import Behavior, Fail, Match, Reply, ToolCall

from swarm_app.contracts.assist import Blocker
from swarm_app.contracts.help import Obstacle
from swarm_app.contracts.plan import Role
from swarm_app.errors import EngineError
from tests.integration.models.briefs import BRIEF, Borrowed
from tests.integration.models.test_synthesis import BRIEF as SYNTHESIS
from tests.vendors.server import Vendors
from workers.engine import load

ENGINES = ["openai:gpt-5-mini", "anthropic:claude-opus-4-5", "google:gemini-2.5-pro", "local:qwen"]
OPENAI = Match(provider="openai")
REFUSALS: list[Behavior] = [
    Reply(text="I cannot help with that.", finish_reason="content_filter", times=None),
    Reply(text="", finish_reason="content_filter", times=None),
    Fail(400, code="content_filter", message="It triggered content management policy.", times=None),
    Fail(400, message="Output blocked by content filtering policy", times=None),
    Fail(400, message="Content Exists Risk", times=None),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("refusal", REFUSALS, ids=["words", "silent", "code", "policy", "risk"])
def test_it_is_a_blocker_after_one_call(server: Vendors, engine: str, refusal: Behavior) -> None:
    server.script.add(refusal)
    with pytest.raises(Blocker, match="refuses to answer") as raised:
        load(engine).investigate(BRIEF, Borrowed())
    assert raised.value.obstacle is Obstacle.REFUSAL
    assert "{" not in str(raised.value), "the vendor's words, and no wire format"
    assert len(server.state.journal.records()) == 1


@pytest.mark.parametrize(
    "refusal",
    [
        Reply(text="I cannot help with that.", finish_reason="content_filter", times=None, match=OPENAI),
        Fail(400, message="Output blocked by content filtering policy", times=None, match=OPENAI),
    ],
    ids=["words", "policy"],
)
def test_the_next_engine_takes_the_brief_at_once(server: Vendors, refusal: Behavior) -> None:
    server.script.add(refusal)
    draft = load("openai:gpt-5-mini,anthropic:claude-opus-4-5").investigate(BRIEF, Borrowed())
    assert draft.engine == "anthropic:claude-opus-4-5"
    asked = [record.provider for record in server.state.journal.records()]
    assert asked == ["openai", "anthropic", "anthropic"]


def test_a_refusal_in_the_middle_of_the_work_is_one_too(server: Vendors) -> None:
    server.script.add(Reply(tool_calls=(ToolCall("search", {"query": "purge"}),)), REFUSALS[0])
    with pytest.raises(Blocker, match="refuses to answer"):
        load("openai:gpt-5-mini").investigate(BRIEF, Borrowed())
    assert len(server.state.journal.records()) == 2


def test_a_writer_that_is_refused_gives_way_to_the_next(server: Vendors) -> None:
    server.script.add(Reply(text="No.", finish_reason="content_filter", match=OPENAI, times=None))
    draft = load("openai:gpt-5-mini,google:gemini-2.5-pro").investigate(SYNTHESIS, Borrowed())
    assert (SYNTHESIS.role, draft.engine) == (Role.SYNTHESISE, "google:gemini-2.5-pro")


def test_a_request_that_is_wrong_in_itself_is_no_refusal(server: Vendors) -> None:
    server.script.add(Fail(400, message="Unsupported parameter: max_tokens", times=None))
    with pytest.raises(EngineError, match=r"rejects the request \(400: Unsupported parameter") as raised:
        load("openai:gpt-5-mini").investigate(BRIEF, Borrowed())
    assert not isinstance(raised.value, Blocker)
