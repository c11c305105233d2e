"""A synthesis in a model's words: what it is asked, and what of its answer stands."""

import pytest

from shard.synthesis import kept, shown, worded, writing
from shard.synthesis.conclusion import in_short
from swarm_app.contracts.documents import Citation, Verdict
from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Claim, Finding, Kind, Synthesis
from swarm_app.contracts.run import Run
from swarm_app.plans.catalog import load

QUOTE = "The nightly purge takes a lease on the archive before it deletes anything."
LEASE = Citation(path="docs/purge.md", start=3, end=3, quote=QUOTE, sha256="a", verdict=Verdict.VERIFIED)
FOREIGN = LEASE.model_copy(update={"path": "docs/other.md"})
CLAIM = Claim(statement="The purge takes a lease.", citations=(LEASE,), confidence=0.8)
MODEL = "openai:gpt-5-mini"


def synthesis_of(**fields: object) -> Synthesis:
    given = {
        "run_id": "run_1",
        "pass_number": 1,
        "pass_name": "Signal Capture",
        "role": Role.SIGNAL,
        "summary": "1 claim.",
        "answer": (CLAIM,),
        "claims": (CLAIM,),
    }
    return Synthesis.model_validate({**given, **fields})


def finding_of(*answer: Claim, **fields: object) -> Finding:
    given = {
        "finding_id": "finding_1_1_0",
        "run_id": "run_1",
        "brief_id": "run_1.1.0",
        "pass_number": 1,
        "worker_id": "w",
        "reported_at": 0.0,
        "engine": MODEL,
        "kind": Kind.SYNTHESIS,
        "summary": "It wrote.",
        "confidence": 1.0,
        "answer": answer,
    }
    return Finding.model_validate({**given, **fields})


def run_of(synthesis: str = MODEL) -> Run:
    plan = load("gedimat")
    passes = tuple(spec.model_copy(update={"synthesis": synthesis}) for spec in plan.passes)
    plan = plan.model_copy(update={"passes": passes})
    return Run(run_id="run_1", question="Why?", plan=plan, engine="x", shards=("a",), queued_at=0.0)


def sentence(text: str, *citations: Citation) -> Claim:
    return Claim(statement=text, citations=citations, confidence=0.0)


def test_a_model_is_asked_over_the_claims_alone() -> None:
    brief = writing(run_of(), synthesis_of())
    assert brief is not None
    assert (brief.brief_id, brief.role, brief.engine) == ("run_1.1.0", Role.SYNTHESISE, MODEL)
    assert brief.claims == (CLAIM,)
    assert brief.queries == ()


@pytest.mark.parametrize(
    ("run", "synthesis"),
    [
        (run_of(""), synthesis_of()),
        (run_of("extractive"), synthesis_of()),
        (run_of(), synthesis_of(claims=())),
        (run_of(), synthesis_of(role=Role.GUARD, pass_number=8)),
    ],
    ids=["no model", "extractive", "nothing to say", "a vote"],
)
def test_no_model_is_asked_where_none_is_named_or_nothing_is_to_be_said(
    run: Run, synthesis: Synthesis
) -> None:
    assert writing(run, synthesis) is None


def test_a_sentence_keeps_its_verified_citations_and_their_confidence() -> None:
    told = worded(synthesis_of(), finding_of(sentence("A lease is taken by the purge.", LEASE)))
    (only,) = told.written
    assert (only.citations, only.inference, only.confidence) == ((LEASE,), False, 0.8)
    assert (told.engine, told.writing) == (MODEL, "finding_1_1_0")


@pytest.mark.parametrize(
    "answer",
    [
        sentence("A lease is taken by the purge."),
        sentence("A lease is taken by the purge.", FOREIGN),
        sentence("Mail is always sent by hand.", LEASE),
        sentence("The purge takes 7 leases on the archive.", LEASE),
    ],
    ids=["cites nothing", "no finding has it", "says something else", "another figure"],
)
def test_a_sentence_that_rests_on_nothing_verified_is_marked(answer: Claim) -> None:
    (only,) = worded(synthesis_of(), finding_of(answer)).written
    assert (only.inference, only.citations) == (True, ())


def test_the_summary_keeps_its_cited_sentences_only() -> None:
    summary = (sentence("The purge takes a lease.", LEASE), sentence("All is well."))
    told = worded(synthesis_of(), finding_of(sentence("The purge takes a lease.", LEASE), claims=summary))
    assert told.summary == "The purge takes a lease."
    assert worded(synthesis_of(), finding_of(sentence("So."))).summary == "1 claim."


@pytest.mark.parametrize(
    ("finding", "reason"),
    [
        (None, "the run was stopped"),
        (finding_of(), "wrote no answer"),
        (finding_of(kind=Kind.FAILED, summary="openai refuses the key"), "openai refuses the key"),
    ],
)
def test_where_no_model_wrote_the_extracted_answer_stays_and_says_why(
    finding: Finding | None, reason: str
) -> None:
    told = worded(synthesis_of(), finding)
    assert reason in told.unwritten
    assert (told.engine, shown(told), told.summary) == ("extractive", (CLAIM,), "1 claim.")


def test_later_planning_has_the_shard_s_own_answer_either_way() -> None:
    told = worded(synthesis_of(), finding_of(sentence("A lease is taken by the purge.", LEASE)))
    assert (told.answer, told.claims) == ((CLAIM,), (CLAIM,))


def test_after_a_vote_the_answer_is_the_one_that_was_voted_on() -> None:
    before = worded(synthesis_of(), finding_of(sentence("A lease is taken by the purge.", LEASE)))
    voted = kept(synthesis_of(pass_number=8, role=Role.GUARD), [before])
    assert (voted.written, voted.engine, voted.writing) == (before.written, MODEL, before.writing)
    assert kept(synthesis_of(pass_number=2), [before]).written == ()


def test_the_coordinator_is_told_which_sentences_are_inference() -> None:
    told = worded(synthesis_of(), finding_of(sentence("The purge takes a lease.", LEASE), sentence("So.")))
    answer = in_short(load("gedimat"), told, answered=True).answer
    assert [(each.sources, each.inference) for each in answer] == [
        (("docs/purge.md:3-3",), False),
        ((), True),
    ]


def test_a_line_on_what_nobody_could_help_with_stays_in_a_model_s_summary() -> None:
    escalated = synthesis_of(escalated=" Escalated: one brief.", summary="1 claim. Escalated: one brief.")
    written = finding_of(sentence(QUOTE, LEASE), claims=(sentence(QUOTE, LEASE),))
    assert worded(escalated, written).summary == f"{QUOTE} Escalated: one brief."
