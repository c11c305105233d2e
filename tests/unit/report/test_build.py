import pytest

from swarm_app.contracts.documents import Citation, EvidenceCount, Verdict
from swarm_app.contracts.run import RunState
from tests.unit.report.sample import MINUTES, POLICY, cite, claim, finding, report, synthesis


def test_every_citation_of_a_report_is_verified() -> None:
    shown = report().citations
    assert shown
    assert {citation.verdict for citation in shown} == {Verdict.VERIFIED}


def test_sources_are_numbered_in_the_order_they_are_read() -> None:
    assert [citation.source for citation in report().citations] == [
        "docs/policy.md:2-2",
        "docs/policy.md:3-3",
        "docs/minutes.txt:2-2",
    ]


def test_a_claim_whose_quote_does_not_stand_is_left_out() -> None:
    forged = claim("Data is kept for ever.", cite(POLICY, 2, "The retention period is for ever."))
    assert report(concluded=[synthesis(answer=(forged,))]).answer == ()


def test_a_claim_keeps_its_good_citation_and_loses_its_bad_one() -> None:
    mixed = claim("Thirty days.", cite(POLICY, 2), cite(POLICY, 3, "Backups are kept nowhere at all."))
    answer = report(concluded=[synthesis(answer=(mixed,))]).answer
    assert [citation.source for citation in answer[0].citations] == ["docs/policy.md:2-2"]


def test_a_contradiction_with_one_bad_side_is_left_out() -> None:
    whole = synthesis().contradictions[0]
    broken = whole.model_copy(update={"right": cite(MINUTES, 2, "The retention period is 7 days.")})
    assert report(concluded=[synthesis(contradictions=(broken,))]).contradictions == ()


def test_what_fails_now_and_what_failed_before_are_counted_as_dropped() -> None:
    forged = finding(
        1,
        citations=(cite(POLICY, 2, "The retention period is for ever."),),
        evidence=EvidenceCount(checked=4, verified=1, dropped=3),
    )
    counted = report(reported=[forged]).evidence
    assert counted == EvidenceCount(checked=7, verified=3, dropped=4, unchecked=0)


def test_a_bare_source_stays_with_its_finding_and_is_not_shown_as_evidence() -> None:
    bare = Citation(path="docs/policy.md", start=1, end=1, sha256=POLICY)
    built = report(reported=[finding(1, citations=(bare,))])
    assert [citation.verdict for citation in built.findings[0].citations] == [Verdict.UNCHECKED]
    assert built.evidence.unchecked == 1
    assert all(citation.quote for citation in built.citations)


def test_a_citation_of_a_paged_document_names_its_page() -> None:
    assert [citation.page for citation in report(pages=(1, 3)).citations] == [1, 2, 1]


def test_the_pages_of_the_citation_are_absent_for_a_document_without_pages() -> None:
    assert {citation.page for citation in report().citations} == {None}


def test_documents_cited_are_counted_once_each() -> None:
    both = finding(1, citations=(cite(POLICY, 2), cite(POLICY, 3), cite(MINUTES, 2)))
    assert report(reported=[both]).coverage.documents_cited == 2


def test_usage_adds_up_what_each_finding_read_and_wrote() -> None:
    usage = report().usage
    assert (usage.input_tokens, usage.output_tokens, usage.worker_tokens) == (200, 20, 220)
    assert usage.by_engine["extractive"].briefs == 2


def test_times_are_from_queueing_to_start_and_from_start_to_end() -> None:
    timings = report().timings
    assert (timings.queued_s, timings.running_s, timings.passes_s) == (2.0, 10.5, (8.0,))


def test_a_run_under_way_has_run_until_its_last_finding() -> None:
    assert report(state=RunState.RUNNING, concluded=[]).timings.running_s == 8.0


def test_the_council_is_what_its_votes_come_to() -> None:
    council = report().council
    assert council is not None
    assert council.outcome == "approved"


def test_a_run_without_votes_has_no_council() -> None:
    assert report(concluded=[synthesis(votes=())]).council is None


@pytest.mark.parametrize("state", list(RunState))
def test_a_run_without_findings_has_a_report_in_every_state(state: RunState) -> None:
    built = report(state=state, concluded=[], reported=[])
    assert built.citations == ()
    assert built.markdown.startswith("# How long is data kept?")
