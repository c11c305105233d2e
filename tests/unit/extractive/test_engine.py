import pytest

from swarm_app.contracts.documents import MIN_QUOTE_CHARS, Citation, Verdict
from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Claim, Kind, Span
from swarm_app.errors import UnknownError
from tests.unit.extractive.briefs import brief_of
from tests.unit.extractive.memory import MemoryContext
from workers import engine
from workers.extractive import ExtractiveEngine

QUESTION = "Why does the lighthouse keep two lamps burning?"
HARBOUR = {
    "harbour/light.md": (
        "# The lighthouse\n\nThe lighthouse keeps two lamps burning because one may fail in a storm.\n\n"
        "The tower is painted white every spring.\n"
    ),
    "harbour/log.md": "The log tells that two lamps burning in the lighthouse saved a ship in a storm.\n",
    "harbour/license.md": "Copyright the harbour board. All rights to lighthouse lamps burning.\n",
    "harbour/lamp.py": (
        '"""Lamps."""\n\n\ndef burn(lamps):\n'
        "    # Two lamps burn, so that the lighthouse never goes dark when one lamp fails.\n"
        "    return [lamp.burn() for lamp in lamps if lamp.fuel]\n"
    ),
}
CITED = Citation(
    path="harbour/light.md",
    start=3,
    end=3,
    quote="The lighthouse keeps two lamps burning because one may fail in a storm.",
    verdict=Verdict.VERIFIED,
)
CLAIM = Claim(statement=CITED.quote, citations=(CITED,), confidence=0.8, findings=("finding_1",))


def investigate(role: Role = Role.SIGNAL, documents=HARBOUR, question: str = QUESTION, **particular):
    return ExtractiveEngine().investigate(brief_of(question, role, **particular), MemoryContext(documents))


def test_the_sentence_that_answers_comes_first():
    draft = investigate()

    assert draft.kind is Kind.CLAIM
    assert draft.claims[0].statement == CITED.quote


def test_the_summary_quotes_its_source_by_lines():
    assert investigate().summary.startswith("light.md line 3 says: “The lighthouse keeps two lamps")


class FaintContext(MemoryContext):
    """One whose excerpts hold next to nothing of what was asked, whatever words they share with it."""

    def _score(self, wanted, terms):
        return super()._score(wanted, terms) / 1000


def test_excerpts_that_hold_too_little_of_the_question_are_a_gap():
    draft = ExtractiveEngine().investigate(brief_of(QUESTION, Role.SIGNAL), FaintContext(HARBOUR))

    assert draft.kind is Kind.GAP


def test_boilerplate_is_never_quoted():
    assert "harbour/license.md" not in {citation.path for citation in investigate().citations}


def test_a_list_of_names_is_not_quoted_beside_a_sentence_that_answers():
    names = " ".join(f"harbour.Lighthouse.lamps.burning{number}: method" for number in range(20))
    draft = investigate(documents=HARBOUR | {"harbour/api.txt": f"{names}\n"})

    assert "harbour/api.txt" not in {one.path for one in draft.citations}


def test_a_verb_in_the_question_finds_its_noun_in_the_document():
    documents = {
        "rules.md": "# Rules\n\nThe retention period is 30 days.\n",
        "people.md": "Ask Maria about the data.\n",
    }
    draft = investigate(documents=documents, question="How long are records retained?")

    assert [claim.statement for claim in draft.claims] == ["The retention period is 30 days."]


def test_sentences_of_one_line_are_cited_apart():
    line = "The lighthouse keeps two lamps. Rope, paint and tar lie in the shed by the pier. Two lamps burn."
    draft = investigate(documents={"a.md": f"{line}\n"})

    assert {claim.citations[0].quote for claim in draft.claims} <= {one.quote for one in draft.citations}
    assert all(claim.statement == claim.citations[0].quote for claim in draft.claims)


def test_code_is_told_with_the_file_and_the_function_it_is_from():
    documents = {
        "lamp.py": "def keep_lamps_burning(tower):\n    return [lamp.burn() for lamp in tower.lamps]\n"
    }
    draft = investigate(documents=documents)

    assert draft.claims[0].statement.startswith("`keep_lamps_burning` in lamp.py: `def keep_lamps_burning")


def test_a_phrase_of_the_question_that_nothing_speaks_of_stays_open():
    draft = investigate(question="Why do two lamps burn in the lighthouse beside the wooden jetty?")

    assert draft.open_questions == ("What is said about wooden jetty?",)


@pytest.mark.parametrize(
    "question",
    [
        "How long do two lamps burn in the lighthouse?",
        "How bright is the lighthouse with two lamps burning?",
        "Is it true that in the lighthouse two lamps are lit?",
        "Which files mention two lamps burning in the lighthouse?",
    ],
)
def test_how_and_where_a_question_asks_does_not_stay_open(question: str):
    assert investigate(question=question).open_questions == ()


def test_of_two_questions_the_one_that_nothing_speaks_of_stays_open_in_its_words():
    draft = investigate(question="Why do two lamps burn in the lighthouse, and who mends the wooden jetty?")

    assert draft.kind is Kind.CLAIM
    assert draft.open_questions == ("Who mends the wooden jetty?",)


def test_every_citation_can_be_checked():
    draft = investigate()

    assert draft.citations
    assert all(len(one.quote) >= MIN_QUOTE_CHARS and one.sha256 for one in draft.citations)


def test_a_comment_is_cited_together_with_the_code_that_does_it():
    draft = investigate(scope=("harbour/lamp.py",))

    assert draft.claims[0].statement.startswith("Two lamps burn")
    assert [(one.start, one.end) for one in draft.claims[0].citations] == [(5, 5), (6, 6)]


def test_a_claim_says_what_is_emphasised_or_linked_without_the_marks_and_quotes_it_with_them():
    said = "**The lighthouse** keeps [two lamps](https://harbour.example/lamps) burning, see `**lamps`."
    claim = investigate(documents={"light.md": f"{said}\n"}).claims[0]

    assert claim.statement == "The lighthouse keeps two lamps burning, see `**lamps`."
    assert claim.citations[0].quote == said


def test_known_lines_are_not_reported_again():
    draft = investigate(known=(Span(path="harbour/light.md", start=3, end=3),))

    assert ("harbour/light.md", 3) not in {(one.path, one.start) for one in draft.citations}


def test_what_nobody_wrote_about_is_a_gap():
    draft = investigate(question="How many submarines did Peru launch?")

    assert (draft.kind, draft.confidence) == (Kind.GAP, 0.0)


def test_what_was_read_is_counted_in_tokens():
    assert investigate().input_tokens > investigate(scope=("harbour/log.md",)).input_tokens > 0


def test_a_claim_that_another_document_shares_is_corroborated():
    draft = investigate(Role.CORROBORATE, claims=(CLAIM,), known=(Span(path=CITED.path, start=3, end=3),))

    assert draft.kind is Kind.CORROBORATION
    assert draft.citations[0].path != CITED.path
    assert draft.supports == ("finding_1",)


def test_a_claim_that_stands_alone_is_a_gap():
    alone = {"harbour/light.md": HARBOUR["harbour/light.md"]}
    draft = investigate(
        Role.CORROBORATE, alone, claims=(CLAIM,), known=(Span(path=CITED.path, start=3, end=3),)
    )

    assert draft.kind is Kind.GAP


@pytest.mark.parametrize(
    "denial",
    [
        "Two lamps are never kept burning in the lighthouse because one may fail.",
        "The lighthouse keeps four lamps burning because one may fail in a storm.",
    ],
    ids=["a no", "a number"],
)
def test_what_denies_a_claim_is_no_support(denial: str):
    documents = {"harbour/light.md": HARBOUR["harbour/light.md"], "harbour/rules.md": f"{denial}\n"}
    draft = investigate(
        Role.CORROBORATE, documents, claims=(CLAIM,), known=(Span(path=CITED.path, start=3, end=3),)
    )

    assert draft.kind is Kind.GAP


def test_what_denies_a_chosen_statement_is_reported_beside_it():
    denial = "The lighthouse does not keep two lamps burning because one may fail in a storm."
    documents = {
        "harbour/light.md": f"{CITED.quote.replace('may fail', 'fails')}\n",
        "harbour/rules.md": f"{denial.replace('may fail', 'fails')}\n",
    }
    draft = investigate(Role.SIGNAL, documents)

    assert draft.kind is Kind.CLAIM
    assert [{pair.left.path, pair.right.path} for pair in draft.contradictions] == [set(documents)]


def test_passages_that_disagree_are_confronted_with_both_quoted():
    documents = {
        "a.md": "The lighthouse has 2 lamps burning.\n",
        "b.md": "The lighthouse has 3 lamps burning.\n",
    }
    draft = investigate(Role.CONFRONT, documents)

    assert draft.kind is Kind.CONTRADICTION
    assert {one.path for one in draft.citations} == {"a.md", "b.md"}
    assert draft.contradictions[0].difference == "number: 2 lamps against 3 lamps"


def test_a_collection_that_agrees_has_no_contradiction():
    assert investigate(Role.CONFRONT).contradictions == ()


def test_the_extractive_engine_says_that_it_does_not_reason():
    assert "does not reason" in {one.name: one.summary for one in engine.available()}["extractive"]


def test_an_unknown_engine_names_those_there_are():
    with pytest.raises(UnknownError, match="Did you mean extractive"):
        engine.load("extractiv")
