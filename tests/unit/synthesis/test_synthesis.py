import pytest

from shard.planner import plan_pass
from shard.synthesis import synthesise
from shard.synthesis.synthesise import MOST_CLAIMS
from swarm_app.contracts.documents import Citation, Verdict
from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Ballot, Brief, Claim, Contradiction, Finding, Kind, Synthesis, Vote
from swarm_app.contracts.run import Run
from swarm_app.plans import catalog

RUN = Run(
    run_id="run_1",
    question="Why does the lighthouse keep two lamps burning?",
    plan=catalog.load("gedimat"),
    engine="extractive",
    shards=("harbour",),
    queued_at=0.0,
)
LAMPS = "The lighthouse keeps two lamps burning because one may fail."


def cited(path: str, quote: str, start: int = 1, verdict: Verdict = Verdict.VERIFIED) -> Citation:
    return Citation(path=path, start=start, end=start, quote=quote, sha256=path, verdict=verdict)


def finding(place: int, kind: Kind, *citations: Citation, **particular) -> Finding:
    claims = tuple(Claim(statement=one.quote, citations=(one,), confidence=0.6) for one in citations)
    return Finding(
        **{
            "finding_id": f"finding_{place}",
            "run_id": "run_1",
            "brief_id": f"run_1.1.{place}",
            "pass_number": 1,
            "worker_id": "w",
            "engine": "extractive",
            "reported_at": 0.0,
            "kind": kind,
            "summary": "summary",
            "confidence": 0.6,
            "citations": citations,
            "claims": claims if kind in {Kind.CLAIM, Kind.CORROBORATION} else (),
            **particular,
        }
    )


def concluded(*findings: Finding, number: int = 1, briefs: tuple[Brief, ...] = (), earlier=()) -> Synthesis:
    return synthesise(RUN, number, briefs, findings, earlier)


def test_without_findings_what_was_known_stays_known():
    before = concluded(finding(1, Kind.CLAIM, cited("a.md", LAMPS)))
    after = concluded(number=2, earlier=(before,))

    assert after.claims == before.claims
    assert (after.reported, after.failed) == (0, 0)


def test_failed_findings_are_counted_and_block_nothing():
    result = concluded(finding(1, Kind.FAILED), finding(2, Kind.CLAIM, cited("a.md", LAMPS)))

    assert (result.reported, result.failed, len(result.claims)) == (1, 1, 1)


def test_claims_on_the_same_lines_become_one_that_names_both_findings():
    result = concluded(
        finding(1, Kind.CLAIM, cited("a.md", LAMPS)), finding(2, Kind.CLAIM, cited("a.md", LAMPS))
    )

    assert [claim.findings for claim in result.claims] == [("finding_1", "finding_2")]


def test_a_claim_without_a_verified_citation_is_no_evidence():
    result = concluded(finding(1, Kind.CLAIM, cited("a.md", LAMPS, verdict=Verdict.UNCHECKED)))

    assert result.claims == result.answer == ()


def test_the_answer_is_made_of_what_answers_the_question():
    paint = "The tower is painted white every spring by the board."
    result = concluded(finding(1, Kind.CLAIM, cited("b.md", paint), cited("a.md", LAMPS)))

    assert [claim.statement for claim in result.answer] == [LAMPS]


def test_sentences_of_one_line_stay_two_claims_with_their_own_quotes():
    other = "Oil for the tower comes by boat every other week."
    result = concluded(finding(1, Kind.CLAIM, cited("a.md", LAMPS), cited("a.md", other)))

    assert {(claim.statement, claim.citations[0].quote) for claim in result.claims} == {
        (LAMPS, LAMPS),
        (other, other),
    }


def test_the_rarer_words_of_the_question_decide():
    lighthouses = [cited(f"{place}.md", f"The lighthouse number {place} is white.") for place in range(9)]
    result = concluded(
        finding(1, Kind.CLAIM, *lighthouses, cited("z.md", "Two lamps burning is the rule here."))
    )

    assert result.claims[0].citations[0].path == "z.md"


def test_what_a_test_says_comes_after_what_the_core_says():
    checked, kept = (
        "Two lamps burning in a lighthouse pass.",
        "Two lamps burning show where the lighthouse stands.",
    )
    result = concluded(finding(1, Kind.CLAIM, cited("tests/a.md", checked), cited("z.md", kept)))

    assert result.answer[0].citations[0].path == "z.md"


def test_the_answer_has_at_most_six_claims_and_the_synthesis_forty():
    quotes = [f"Two lamps burn in the lighthouse of harbour number {place * 17} here." for place in range(60)]
    cites = [
        cited(f"{place}.md", f"{quote} {'xyz'[place % 3] * place}") for place, quote in enumerate(quotes)
    ]
    result = concluded(*(finding(place, Kind.CLAIM, one) for place, one in enumerate(cites, 1)))

    assert len(result.answer) <= 6
    assert len(result.claims) <= MOST_CLAIMS


def rigorous(kind: Kind, *citations: Citation) -> tuple[Claim, Claim]:
    """The claim before and after the pass that looks for its support."""
    before = concluded(finding(1, Kind.CLAIM, cited("a.md", LAMPS)))
    briefs = plan_pass(RUN, 3, (before,), ())
    support = finding(9, kind, *citations, brief_id=briefs[0].brief_id, pass_number=3)
    after = concluded(support, number=3, briefs=briefs, earlier=(before,))
    return before.claims[0], next(claim for claim in after.claims if claim.statement == LAMPS)


def test_rigor_lowers_the_confidence_of_what_stands_alone():
    before, after = rigorous(Kind.GAP)

    assert after.confidence < before.confidence
    assert not after.corroborated


def test_independent_support_raises_a_claims_confidence_and_joins_its_citations():
    before, after = rigorous(
        Kind.CORROBORATION, cited("log.md", "Two lamps burning saved the ship that night.")
    )

    assert after.confidence > before.confidence
    assert [one.path for one in after.citations] == ["a.md", "log.md"]


def test_what_two_documents_say_is_an_agreement():
    told = "The lighthouse keeps two lamps burning, because one of them may fail."
    before = concluded(finding(1, Kind.CLAIM, cited("a.md", LAMPS)))
    after = concluded(finding(2, Kind.CLAIM, cited("b.md", told)), number=2, earlier=(before,))

    assert before.agreements == ()
    assert [[one.path for one in claim.citations] for claim in after.agreements] == [["a.md", "b.md"]]


def test_a_sentence_that_was_copied_agrees_with_nothing():
    result = concluded(finding(1, Kind.CLAIM, cited("a.md", LAMPS), cited("b.md", LAMPS)))

    assert [[one.path for one in claim.citations] for claim in result.claims] == [["a.md", "b.md"]]
    assert result.agreements == ()


def test_what_agrees_on_a_part_of_the_question_only_is_no_agreement():
    one, other = "Two lamps hang in the tower.", "In the tower hang two old lamps."
    result = concluded(finding(1, Kind.CLAIM, cited("a.md", one), cited("b.md", other)))

    assert result.claims
    assert result.agreements == ()


def test_code_comes_after_words_and_is_no_agreement():
    code = Claim(
        statement="`lamps` in tower.py: `lamps = 2  # burning in the lighthouse`",
        citations=(
            cited("tower.py", "lamps = 2  # burning in the lighthouse"),
            cited("a.py", "keep two lamps"),
        ),
        confidence=0.6,
    )
    citations = (*code.citations, cited("a.md", LAMPS))
    spoken = Claim(statement=LAMPS, citations=citations[2:], confidence=0.6)
    result = concluded(finding(1, Kind.CLAIM, *citations, claims=(code, spoken)))

    assert [claim.statement for claim in result.claims] == [LAMPS, code.statement]
    assert result.agreements == ()


@pytest.mark.parametrize(("verdict", "kept"), [(Verdict.VERIFIED, 1), (Verdict.UNCHECKED, 0)])
def test_a_contradiction_needs_both_sides_verified(verdict: Verdict, kept: int):
    left = cited("a.md", "The lighthouse has two lamps.")
    right = cited("b.md", "The lighthouse has three lamps.", verdict=verdict)
    pair = Contradiction(subject="lamps", difference="number: two against three", left=left, right=right)

    result = concluded(finding(1, Kind.CONTRADICTION, left, right, contradictions=(pair,)))

    assert len(result.contradictions) == kept


def test_the_same_contradiction_seen_from_both_sides_is_one():
    left, right = (
        cited("a.md", "The lighthouse has two lamps."),
        cited("b.md", "The lighthouse has three lamps."),
    )
    pair = Contradiction(subject="lamps", difference="number", left=left, right=right)
    turned = pair.model_copy(update={"left": right, "right": left})

    result = concluded(
        finding(1, Kind.CONTRADICTION, left, right, contradictions=(pair,)),
        finding(2, Kind.CONTRADICTION, left, right, contradictions=(turned,)),
    )

    assert len(result.contradictions) == 1


def test_open_questions_and_learnt_terms_go_on_to_the_next_pass():
    question = "Who pays for the oil of the lamps?"
    result = concluded(
        finding(1, Kind.CLAIM, cited("a.md", LAMPS), open_questions=(question,), terms=("storm",))
    )
    after = concluded(number=2, earlier=(result,))

    assert after.open_questions == (question,)
    assert after.terms == ("storm",)


def test_the_half_of_a_question_that_has_no_answer_stays_open():
    run = RUN.model_copy(
        update={"question": "Why does the lighthouse keep two lamps burning, and who mends the jetty?"}
    )
    result = synthesise(run, 1, (), (finding(1, Kind.CLAIM, cited("a.md", LAMPS)),), ())
    jetty = "The jetty is what Ada Brun mends every spring."
    after = synthesise(run, 2, (), (finding(2, Kind.CLAIM, cited("b.md", jetty)),), (result,))

    assert result.open_questions == ("Who mends the jetty?",)
    assert [claim.statement for claim in after.answer] == [LAMPS, jetty]
    assert after.open_questions == ()


def test_votes_are_gathered():
    ballot = Vote(guardian="auditor", vote=Ballot.APPROVE, reason="1 of 1")
    result = concluded(finding(1, Kind.VOTE, vote=ballot), number=8)

    assert result.votes == (ballot,)
    assert result.role is Role.GUARD
