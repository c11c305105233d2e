"""A contradiction is weighed by what else the shards hold, and told with both sides."""

import pytest

from swarm_app.contracts.documents import Citation
from swarm_app.contracts.research import Contradiction, Kind
from swarm_app.errors import EngineError
from tests.unit.extractive.briefs import brief_of
from tests.unit.extractive.memory import MemoryContext
from workers.strategies.sides import weigh

QUESTION = "How long is the retention period of delivery records?"
LEFT = "The retention period of delivery records is 90 days."
RIGHT = "The retention period of delivery records is 30 days."
FOR_LEFT = {
    "audit.md": "Auditors found that. The retention period for delivery records is ninety days.\n",
    "contract.md": "A retention period of delivery records is 90 days.\n",
}
FOR_RIGHT = {"faq.md": "A retention period of delivery records is 30 days.\n"}


def side(path: str, quote: str) -> Citation:
    return Citation(path=path, start=1, end=1, quote=quote)


PAIR = Contradiction(
    subject="retention period",
    difference="number: 90 days against 30 days",
    left=side("policy.md", LEFT),
    right=side("minutes.md", RIGHT),
)
BRIEF = brief_of(QUESTION, contradictions=(PAIR,))


def context(more: dict[str, str], left: str = LEFT, right: str = RIGHT) -> MemoryContext:
    return MemoryContext({"policy.md": f"{left}\n", "minutes.md": f"{right}\n", **more})


def test_documents_that_speak_for_a_side_are_counted_and_cited_beside_both() -> None:
    draft = weigh(BRIEF, context(FOR_LEFT))
    assert draft.kind is Kind.CONTRADICTION
    assert "For the first 2 other documents speak, for the second no other document speaks." in draft.summary
    assert {each.path for each in draft.citations} == {"policy.md", "minutes.md", *FOR_LEFT}
    assert draft.contradictions == (PAIR,)
    assert draft.open_questions == ()
    assert draft.input_tokens > 0


def test_a_contradiction_that_as_many_speak_for_on_either_side_stays_open() -> None:
    draft = weigh(BRIEF, context({"contract.md": FOR_LEFT["contract.md"], **FOR_RIGHT}))
    assert "For the first 1 other document speaks, for the second 1 other document speaks." in draft.summary
    assert draft.open_questions == (
        "Which passage holds on “retention period” (number: 90 days against 30 days)?",
    )


def test_a_copy_says_nothing_again_and_nothing_else_is_no_help() -> None:
    with pytest.raises(EngineError, match="either side"):
        weigh(BRIEF, context({"copy.md": f"{LEFT}\n"}))


def test_a_side_that_a_newer_version_has_not_any_more_has_lost() -> None:
    draft = weigh(BRIEF, context({}, right="The retention period is set by the legal team."))
    assert (draft.kind, draft.contradictions) == (Kind.CLAIM, ())
    assert [each.path for each in draft.citations] == ["policy.md"]
    assert "what disagreed does not stand in minutes.md any more" in draft.summary


def test_without_a_contradiction_in_hand_those_around_the_subject_are_weighed() -> None:
    draft = weigh(brief_of(QUESTION), context(FOR_LEFT))
    assert len(draft.contradictions) >= 1
    assert {"policy.md", "minutes.md"} <= {each.path for each in draft.citations}


def test_what_nobody_says_any_more_is_nothing_to_weigh() -> None:
    with pytest.raises(EngineError):
        weigh(BRIEF, context({}, left="Gone are the days.", right="The legal team decides on it."))
