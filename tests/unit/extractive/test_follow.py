"""What other runs found changes what a worker looks for."""

from swarm_app.contracts.documents import Citation, Verdict
from swarm_app.contracts.insights import Insight
from swarm_app.contracts.research import Claim, Draft, Kind, Span
from tests.unit.extractive.briefs import brief_of
from tests.unit.extractive.memory import MemoryContext
from workers.extractive import ExtractiveEngine

QUESTION = "Why does Halden Marine withhold part of the invoice?"
DISPUTE = (
    "Halden Marine withholds 18,400 EUR of the invoice because order HM-2209 was delivered nine days late."
)
LOG = """# Terminal log

2 March. Reefer plugs on row C were checked, and two of them were replaced.

11 March. The hoist gearbox of crane 3 failed at 16:40.
HM-2209 was on deck below it and could not be unloaded.

24 March. Fog closed the fairway for three hours.
"""
OPERATIONS = {"operations/log.md": LOG}


def insight(statement: str = DISPUTE, run_id: str = "run_2", **fields: object) -> Insight:
    cited = Citation(
        path="finance@run_2/disputes.md",
        start=7,
        end=7,
        quote=statement,
        sha256="f",
        verdict=Verdict.VERIFIED,
    )
    return Insight.model_validate(
        {
            "finding_id": "finding_2_1_1",
            "run_id": run_id,
            "pass_number": 1,
            "question": QUESTION,
            "shards": ("finance",),
            "statement": statement,
            "citations": (cited,),
            "roots": {"finance@run_2": "/srv/finance"},
            "confidence": 0.6,
            "reported_at": 0.0,
            **fields,
        }
    )


def investigated(*insights: Insight, documents: dict[str, str] = OPERATIONS, **particular: object) -> Draft:
    brief = brief_of(QUESTION, insights=insights, **particular)
    return ExtractiveEngine().investigate(brief, MemoryContext(documents))


def test_without_insights_documents_that_share_no_word_with_the_question_are_a_gap() -> None:
    assert investigated().kind is Kind.GAP


def test_a_name_in_an_insight_leads_to_the_paragraph_that_holds_it() -> None:
    draft = investigated(insight())
    assert draft.kind is Kind.CLAIM
    assert [citation.source for citation in draft.citations] == ["operations/log.md:5-6"]
    assert "gearbox" in draft.claims[0].statement
    assert "Led there by finance@run_2/disputes.md:7-7" in draft.summary


def test_the_draft_and_its_claim_say_which_insight_it_was() -> None:
    draft = investigated(insight())
    assert draft.insights == (insight(),)
    assert draft.claims[0].insights == ("finding_2_1_1",)


def test_an_insight_without_a_name_of_its_own_leads_nowhere() -> None:
    draft = investigated(insight("Halden Marine withholds a part of the invoice because it came late."))
    assert (draft.kind, draft.insights) == (Kind.GAP, ())


def test_a_name_that_no_document_holds_leads_nowhere() -> None:
    draft = investigated(insight(DISPUTE.replace("HM-2209", "HM-2300")))
    assert (draft.kind, draft.insights) == (Kind.GAP, ())


def test_the_own_run_s_insights_are_left_to_its_planner() -> None:
    assert investigated(insight(run_id="run_1")).kind is Kind.GAP


def test_lines_that_are_known_are_not_found_again() -> None:
    known = (Span(path="operations/log.md", start=5, end=6),)
    assert investigated(insight(), known=known).kind is Kind.GAP


def test_what_the_brief_finds_by_itself_stays_first_and_names_the_insight_that_it_bears_on() -> None:
    dispute = {"finance/own.md": f"# Disputes\n\n{DISPUTE}\n"}
    late = insight("HM-2209 was on deck and could not be unloaded.")
    draft = investigated(late, documents=dispute)
    assert draft.citations[0].source == "finance/own.md:3-3"
    assert draft.insights == (late,)


def test_an_insight_that_bears_on_a_claim_that_the_brief_was_given_is_named_too() -> None:
    given = Claim(statement=DISPUTE, confidence=0.6)
    late = insight("HM-2209 was on deck and could not be unloaded.", shards=("operations",))
    draft = investigated(late, documents={"finance/policy.md": "# Policy\n\nNothing.\n"}, claims=(given,))
    assert (draft.kind, draft.insights) == (Kind.GAP, (late,))


def test_an_insight_from_documents_that_the_brief_reads_itself_needs_no_naming() -> None:
    dispute = {"finance/own.md": f"# Disputes\n\n{DISPUTE}\n"}
    assert investigated(insight(roots={}), documents=dispute).insights == ()
