"""What a finding has room for: an engine is somebody else's code, and hands in what it likes."""

from swarm_app.contracts.documents import Citation
from swarm_app.contracts.research import Draft, Finding, Kind, Receipt
from swarm_app.contracts.run import Run
from swarm_app.findings import MOST_DRAFT, MOST_SUMMARY, checked
from swarm_app.store.store import Store
from tests.integration.store.samples import opened, running


def draft(summary: str = "So.", **particular: object) -> Draft:
    return Draft.model_validate(
        {"kind": Kind.CLAIM, "summary": summary, "confidence": 0.5, "input_tokens": 7, **particular}
    )


def handed_in(store: Store, made: Draft) -> Finding:
    run: Run = running(store)
    return checked(store, run, opened(store, run)[0], made, attempts=1, worker="w")


def test_a_summary_stands_word_for_word_as_long_as_there_is_room_for_it(store: Store) -> None:
    longest = "So it is.\n" * (MOST_SUMMARY // 10)
    assert handed_in(store, draft(longest)).summary == longest


def test_a_summary_of_more_than_that_is_cut_at_a_word(store: Store) -> None:
    cut = handed_in(store, draft("So it is. " * MOST_SUMMARY))
    assert cut.kind is Kind.CLAIM
    assert len(cut.summary) <= MOST_SUMMARY
    assert cut.summary.endswith(" So it…")


def test_a_draft_that_is_too_large_is_a_failure_that_says_so_and_has_its_cost(store: Store) -> None:
    cited = [Citation(path="a.md", start=1, end=1, quote="q" * 1_000)] * (MOST_DRAFT // 1_000)
    failed = handed_in(store, draft(citations=cited, engine="careful", receipt=Receipt(model="m", calls=3)))
    assert failed.kind is Kind.FAILED
    assert "a finding may have 1,000,000" in failed.summary
    assert (failed.citations, failed.evidence.checked) == ((), 0)
    assert (failed.input_tokens, failed.engine, failed.receipt) == (7, "careful", Receipt(model="m", calls=3))
