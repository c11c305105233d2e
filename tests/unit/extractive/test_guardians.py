"""Each duty computes its vote from the draft and from what the shards hold."""

import pytest

from swarm_app.contracts.documents import Citation, Verdict
from swarm_app.contracts.plan import Guardian, Role
from swarm_app.contracts.research import Ballot, Claim, Contradiction, Vote
from swarm_app.errors import EngineError
from swarm_app.plans.catalog import DUTIES
from tests.unit.extractive.test_engine import CITED, CLAIM, HARBOUR, investigate

LOG = Citation(
    path="harbour/log.md",
    start=1,
    end=1,
    quote="The log tells that two lamps burning in the lighthouse saved a ship in a storm.",
    verdict=Verdict.VERIFIED,
)
SAVED = Claim(statement=LOG.quote, citations=(LOG,), confidence=0.7)


def vote(duty: str, *claims: Claim, **particular: object) -> Vote:
    guardian = Guardian(name="g", duty=duty)
    draft = investigate(Role.GUARD, guardian=guardian, claims=claims, **particular)
    assert draft.vote is not None
    assert draft.confidence == draft.vote.confidence
    return draft.vote


def ballot(duty: str, *claims: Claim, **particular: object) -> Ballot:
    return vote(duty, *claims, **particular).vote


def said(statement: str, *citations: Citation) -> Claim:
    return Claim(statement=statement, citations=citations, confidence=0.5)


def test_evidence_approves_what_rests_on_verified_lines() -> None:
    assert ballot("evidence", CLAIM, SAVED) is Ballot.APPROVE


@pytest.mark.parametrize(
    "cited",
    [
        CITED.model_copy(update={"verdict": Verdict.UNCHECKED}),
        CITED.model_copy(update={"start": 5, "end": 5}),
        CITED.model_copy(update={"path": "harbour/gone.md"}),
    ],
    ids=["without a verified quote", "not in these lines", "not in this collection"],
)
def test_evidence_rejects_what_does_not(cited: Citation) -> None:
    assert ballot("evidence", CLAIM.model_copy(update={"citations": (cited,)})) is Ballot.REJECT


@pytest.mark.parametrize(
    "statement",
    [
        "The lighthouse does not keep two lamps burning because one may fail in a storm.",
        "The lighthouse keeps three lamps burning because one may fail in a storm.",
    ],
    ids=["a no", "a number"],
)
def test_evidence_rejects_a_claim_that_one_of_its_citations_denies(statement: str) -> None:
    assert ballot("evidence", said(statement, CITED)) is Ballot.REJECT
    assert ballot("evidence", CLAIM, said(statement, CITED, LOG)) is not Ballot.APPROVE


def test_opposite_claims_repeat_nothing() -> None:
    opposite = "The lighthouse does not keep two lamps burning because one may fail in a storm."
    assert ballot("duplication", CLAIM, said(opposite, LOG)) is Ballot.APPROVE


def test_the_month_of_may_is_no_hedge() -> None:
    quote = "The lighthouse keeps two lamps burning until the end of May."
    documents = {"harbour/rules.md": f"{quote}\n"}
    cited = Citation(path="harbour/rules.md", start=1, end=1, quote=quote, verdict=Verdict.VERIFIED)

    assert ballot("observation", said(quote, cited), documents=documents) is Ballot.APPROVE


def test_evidence_reads_the_lines_of_a_bare_source() -> None:
    bare = CITED.model_copy(update={"quote": "", "verdict": Verdict.UNCHECKED})
    assert ballot("evidence", said("The lighthouse keeps two lamps burning.", bare)) is Ballot.APPROVE
    assert ballot("evidence", said("Herring is salted in autumn.", bare)) is Ballot.REJECT


def test_evidence_rejects_a_claim_that_its_quote_does_not_say() -> None:
    assert (
        ballot("evidence", said("Herring is salted in autumn by the whole village.", CITED)) is Ballot.REJECT
    )


def test_evidence_looks_in_the_shards_for_a_claim_that_cites_nothing() -> None:
    bare = vote("evidence", said("The lighthouse keeps two lamps burning."))
    assert (bare.vote, bare.reason.endswith("for 1 of these the shards hold a passage")) == (
        Ballot.ABSTAIN,
        True,
    )
    assert ballot("evidence", said("Herring is salted in autumn.")) is Ballot.REJECT


def test_coverage_rejects_a_draft_that_leaves_half_of_the_question_out() -> None:
    assert (
        ballot("coverage", CLAIM, question="Why are there two lamps, nets, boats and whales?")
        is Ballot.REJECT
    )


def test_coverage_says_what_is_covered_and_whether_the_best_passages_are_cited() -> None:
    given = vote("coverage", CLAIM, SAVED, coverage={"documents": 4, "documents_cited": 2})
    assert given.vote is Ballot.APPROVE
    assert given.reason.startswith("5 of the question's 5 terms are covered; ")
    assert given.reason.endswith("2 of 4 documents are cited")


def test_coverage_does_not_approve_terms_without_any_of_the_best_passages() -> None:
    assert ballot("coverage", said(CITED.quote)) is not Ballot.APPROVE


def test_contradiction_rejects_a_draft_that_rests_on_disputed_lines() -> None:
    pair = Contradiction(subject="lamps", difference="number: 2 against 3", left=CITED, right=LOG)
    elsewhere = Contradiction(
        subject="paint",
        difference="number: 1 against 2",
        left=CITED.model_copy(update={"start": 5, "end": 5}),
        right=CITED.model_copy(update={"start": 9, "end": 9}),
    )
    assert ballot("contradiction", CLAIM, contradictions=(pair,)) is Ballot.REJECT
    assert ballot("contradiction", CLAIM, contradictions=(elsewhere,)) is Ballot.ABSTAIN
    assert ballot("contradiction", CLAIM) is Ballot.APPROVE


DISPUTED = {
    "a.md": "The lighthouse has 2 lamps burning.\n",
    "b.md": "The lighthouse has 3 lamps burning.\n",
}


def quoted(path: str) -> Claim:
    text = DISPUTED[path].strip()
    return said(text, Citation(path=path, start=1, end=1, quote=text, verdict=Verdict.VERIFIED))


def test_contradiction_rejects_a_draft_whose_own_lines_disagree() -> None:
    assert ballot("contradiction", quoted("a.md"), quoted("b.md"), documents=DISPUTED) is Ballot.REJECT
    assert ballot("contradiction", quoted("a.md"), documents=DISPUTED) is Ballot.APPROVE


def test_denial_finds_what_says_otherwise_and_names_it() -> None:
    against = vote("denial", said("The lighthouse has 2 lamps burning."), documents=DISPUTED)
    assert against.vote is Ballot.REJECT
    assert "b.md:1-1" in against.reason
    assert ballot("denial", CLAIM) is Ballot.APPROVE


def test_denial_finds_the_passages_also_when_these_disagree_among_themselves() -> None:
    against = vote("denial", said("The lighthouse has 7 lamps burning."), documents=DISPUTED)
    assert (against.vote, against.reason.partition(" of ")[0]) == (Ballot.REJECT, "2")


def test_independence_wants_two_legs_and_rejects_claims_on_one_passage() -> None:
    both = CLAIM.model_copy(update={"citations": (CITED, LOG)})
    assert ballot("independence", both, SAVED) is Ballot.APPROVE
    assert ballot("independence", CLAIM, SAVED) is Ballot.ABSTAIN
    assert ballot("independence", CLAIM, CLAIM) is Ballot.REJECT


def test_duplication_rejects_claims_that_repeat_each_other() -> None:
    assert ballot("duplication", CLAIM, CLAIM) is Ballot.REJECT
    assert ballot("duplication", CLAIM, said("Herring is salted in autumn.")) is Ballot.APPROVE


def test_scope_rejects_a_draft_about_something_else() -> None:
    assert ballot("scope", CLAIM) is Ballot.APPROVE
    assert ballot("scope", said("Herring is salted in autumn.")) is Ballot.REJECT


def test_observation_rejects_what_is_hedged() -> None:
    assert ballot("observation", SAVED) is Ballot.APPROVE
    assert ballot("observation", said(f"Perhaps {CITED.quote}", CITED)) is Ballot.REJECT


def test_arithmetic_rejects_a_figure_that_no_quote_has() -> None:
    assert ballot("arithmetic", quoted("a.md"), documents=DISPUTED) is Ballot.APPROVE
    wrong = vote("arithmetic", said("The lighthouse has 7 lamps.", CITED))
    assert (wrong.vote, "7 lamps" in wrong.reason) == (Ballot.REJECT, True)
    assert ballot("arithmetic", said("The tower is white.")) is Ballot.ABSTAIN


@pytest.mark.parametrize("shown", ["ann@harbour.example", "+32 2 555 12 12", "api_key = s3cr3t-l1ght"])
def test_disclosure_rejects_what_is_private_and_judges_no_more(shown: str) -> None:
    assert ballot("disclosure", said(f"Ask for the keeper: {shown}")) is Ballot.REJECT
    assert ballot("disclosure", CLAIM, SAVED) is Ballot.ABSTAIN


@pytest.mark.parametrize("duty", DUTIES)
def test_an_empty_draft_is_approved_by_nobody(duty: str) -> None:
    assert ballot(duty) is not Ballot.APPROVE


@pytest.mark.parametrize("duty", DUTIES)
def test_what_a_guardian_read_is_counted(duty: str) -> None:
    draft = investigate(Role.GUARD, HARBOUR, guardian=Guardian(name="g", duty=duty), claims=(CLAIM,))
    assert draft.input_tokens > 0


def test_a_duty_that_nobody_knows_is_refused() -> None:
    with pytest.raises(EngineError, match="no guardian duty 'taste'"):
        vote("taste")
