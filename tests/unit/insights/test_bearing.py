from swarm_app.contracts.documents import Verdict
from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Kind
from swarm_app.insights.bearing import MOST, bearing, hears
from tests.unit.extractive.briefs import brief_of
from tests.unit.insights.samples import DISPUTED, FAILED, QUESTION, cited, claim, finding, run

BRIEF = brief_of(QUESTION, run_id="run_a", shards=("finance",))
OTHER = run("run_b", shards=("operations",), roots={"operations": "/srv/operations"})
CRANE = claim(FAILED, cited(FAILED, "operations/log.md"))


def said(*findings: object, tokens: int = 600, brief: object = BRIEF) -> list[str]:
    return [told.claim.statement for told in bearing(brief, findings, tokens)]  # type: ignore[arg-type]


def test_what_shares_words_with_the_brief_bears_on_it() -> None:
    fog = claim("Fog closed the fairway for three hours.")
    assert said(finding(1, claim(DISPUTED)), finding(2, fog)) == [DISPUTED]


def test_the_claim_of_a_finding_that_bears_is_told_and_no_other() -> None:
    fog = claim("Fog closed the fairway for three hours.", cited("Fog closed the fairway.", line=9))
    assert said(finding(1, fog, claim(DISPUTED))) == [DISPUTED]


def test_another_run_that_asks_the_same_is_heard_whatever_words_it_found() -> None:
    assert said(finding(1, CRANE, of=OTHER, shard="operations")) == [FAILED]


def test_other_documents_come_first_then_other_runs_then_the_own_run() -> None:
    again = claim("The invoice was disputed again.", cited("The invoice was disputed again.", line=5))
    mine = claim("The invoice of Halden Marine was disputed.", cited("was disputed by the customer", line=7))
    findings = [
        finding(1, mine),
        finding(1, again, of=run("run_c")),
        finding(1, CRANE, of=OTHER, shard="operations"),
    ]
    assert said(*findings) == [FAILED, again.statement, mine.statement]


def test_only_what_was_verified_is_told() -> None:
    loose = cited(DISPUTED).model_copy(update={"verdict": Verdict.UNCHECKED})
    assert said(finding(1, claim(DISPUTED, loose))) == []


def test_gaps_and_votes_are_no_news() -> None:
    assert said(finding(1, claim(DISPUTED), kind=Kind.GAP), finding(2, claim(DISPUTED), kind=Kind.VOTE)) == []


def test_what_its_planner_gave_it_is_not_told_again() -> None:
    assert (
        said(finding(1, claim(DISPUTED)), brief=BRIEF.model_copy(update={"claims": (claim(DISPUTED),)})) == []
    )


def test_the_same_lines_are_told_once() -> None:
    assert said(finding(1, claim(DISPUTED)), finding(2, claim(DISPUTED))) == [DISPUTED]


def test_they_fit_the_tokens_and_are_few() -> None:
    many = [
        finding(place, claim(f"Invoice {place} was disputed.", cited("disputed, it says", line=place)))
        for place in range(1, 20)
    ]
    assert len(said(*many, tokens=10_000)) == MOST
    assert len(said(*many, tokens=100)) == 2
    assert said(*many, tokens=0) == []


def test_who_judges_peers_does_not_hear_them() -> None:
    assert hears(BRIEF)
    assert not any(
        hears(brief_of(QUESTION, role)) for role in (Role.CORROBORATE, Role.GUARD, Role.SYNTHESISE)
    )
