"""A small model: it calls no tool, and fills in a form whose quotes are looked up in what it was shown."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart
from pydantic_ai.models.function import AgentInfo, FunctionModel

from swarm_app.contracts.plan import Guardian, Role
from swarm_app.contracts.research import Ballot, Brief, Draft, Kind
from swarm_app.evidence import gate_draft
from swarm_app.plans.catalog import builtin
from swarm_app.plans.roles import told
from swarm_app.settings import load
from tests.integration.models.briefs import BRIEF, LEASE, QUESTION, Borrowed
from tests.unit.extractive.briefs import brief_of
from tests.unit.models.minds import file_of
from workers.models.accounts import Account
from workers.models.estimate import estimate
from workers.models.named import Named
from workers.models.researcher import investigate

SMALL = Named("local:small", "local", "small", Account(context=4_096, tools=False))
SECOND = "A second purge that finds the lease taken ends at once."


class Reader:
    """A model that fills in the given forms, one after another."""

    def __init__(self, *forms: dict[str, Any]) -> None:
        self.forms = forms
        self.read: list[str] = []
        self.info: AgentInfo | None = None

    def do(self, brief: Brief = BRIEF) -> Draft:
        return investigate(SMALL, brief, Borrowed(), FunctionModel(self._answer, profile=_NATIVE))

    def _answer(self, messages: Sequence[ModelMessage], info: AgentInfo) -> ModelResponse:
        self.info = info
        parts = [info.instructions or ""]
        parts += [str(getattr(part, "content", "")) for message in messages for part in message.parts]
        self.read.append("\n".join(parts))
        return ModelResponse(parts=[TextPart(json.dumps(self.forms[len(self.read) - 1]))])


_NATIVE: Any = {"supports_json_schema_output": True}


def claiming(*quotes: str) -> dict[str, Any]:
    return {"claims": [{"quote": quote, "answer": f"It says: {quote}"} for quote in quotes]}


def test_it_is_given_no_tool_and_a_schema() -> None:
    reader = Reader(claiming(LEASE))
    reader.do()
    assert reader.info is not None
    assert (reader.info.function_tools, reader.info.output_tools) == ([], [])
    assert reader.info.model_request_parameters.output_mode == "native"


def test_it_is_told_what_readers_are_told_and_its_role() -> None:
    reader = Reader(claiming(LEASE))
    reader.do()
    common, roles = told("reader")
    assert common in reader.read[0]
    assert roles[BRIEF.role] in reader.read[0]
    assert told()[0] not in reader.read[0]


@pytest.mark.parametrize(
    "quote",
    [LEASE, LEASE.upper(), f"3| {LEASE}", f"  {LEASE.replace(' ', '  ')}"],
    ids=["as it stands", "in capitals", "behind its number", "with other spaces"],
)
def test_a_quote_is_cited_by_the_line_where_it_was_shown(quote: str) -> None:
    reader = Reader(claiming(quote))
    (citation,) = reader.do().citations
    assert (citation.path, citation.start, citation.end, citation.quote) == ("docs/purge.md", 3, 3, LEASE)
    assert len(reader.read) == 1


def test_a_quote_over_two_lines_is_cited_by_both() -> None:
    (citation,) = Reader(claiming(f"{LEASE} {SECOND}")).do().citations
    assert (citation.start, citation.end) == (3, 4)


def test_a_quote_that_was_never_shown_is_sent_back_once_then_dropped_and_counted() -> None:
    invented = claiming("The purge asks the director every night.")
    reader = Reader(invented, invented)
    draft = reader.do()
    assert "“The purge asks the director every night.” does not stand" in reader.read[1]
    kept, count = gate_draft(draft, _Nothing())
    assert (kept.claims, count.checked, count.dropped) == ((), 1, 1)


@pytest.mark.parametrize("answer", [QUESTION, "…"], ids=["asks again", "says nothing"])
def test_an_answer_that_is_none_gives_way_to_its_quote(answer: str) -> None:
    hollow = {"claims": [{"quote": LEASE, "answer": answer}]}
    assert Reader(hollow).do().claims[0].statement == LEASE


def test_a_form_that_claims_nothing_is_a_gap() -> None:
    assert Reader(claiming()).do().kind is Kind.GAP


def test_two_quotes_that_disagree_are_a_contradiction() -> None:
    pair = {"left": LEASE, "right": SECOND, "subject": "They disagree."}
    draft = Reader({"contradictions": [pair]}).do(brief_of(QUESTION, Role.CONFRONT))
    assert draft.kind is Kind.CONTRADICTION
    assert [side.start for side in draft.citations] == [3, 4]


def test_a_guardian_fills_in_a_vote() -> None:
    guardian = Guardian(name="auditor", duty="evidence")
    vote = Reader({"reason": "All stand.", "vote": "approve"}).do(
        brief_of(QUESTION, Role.GUARD, guardian=guardian)
    )
    assert vote.vote is not None
    assert vote.vote.vote is Ballot.APPROVE


def test_a_run_by_a_small_model_is_estimated_by_its_short_calls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = file_of(tmp_path, "[large]\n[small]\ntools = false\n")
    monkeypatch.setattr("workers.models.estimate.current", lambda: load(models=file))
    quick = next(plan for plan in builtin() if plan.name == "quick")
    assert estimate(quick, "small:m").tokens == 6 * 1_650 < estimate(quick, "large:m").tokens


class _Nothing:
    """A store without documents."""

    def lines(self, sha256: str, start: int, end: int) -> list[str] | None:
        return None
