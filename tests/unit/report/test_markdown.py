import pytest

from swarm_app.contracts.documents import Skipped
from swarm_app.contracts.research import Ballot, Vote
from swarm_app.contracts.run import RunState
from tests.unit.report.sample import MINUTES, POLICY, RUN, cite, claim, finding, report, synthesis


def section(markdown: str, title: str) -> str:
    """The text under a second-level heading."""
    return markdown.partition(f"## {title}\n\n")[2].partition("\n\n## ")[0]


def test_the_question_is_the_title_and_the_answer_comes_first() -> None:
    assert report().markdown.startswith(
        "# How long is data kept?\n\n## Answer\n\nThe retention period is 30 days. [1]\n"
    )


def test_each_mark_has_its_source_with_the_quoted_words() -> None:
    sources = section(report().markdown, "Sources")
    assert sources.startswith(
        "1. `docs/policy.md:2-2`\n\n   ```text\n   The retention period is 30 days.\n   ```"
    )


def test_both_sides_of_a_contradiction_are_quoted() -> None:
    disputed = section(report().markdown, "Contradictions")
    assert "> The retention period is 30 days.\n>\n> — `docs/policy.md:2-2` [1]" in disputed
    assert "> The retention period is 90 days.\n>\n> — `docs/minutes.txt:2-2` [3]" in disputed


def test_agreements_and_open_questions_are_listed() -> None:
    markdown = report().markdown
    assert section(markdown, "Agreements") == "- Backups are kept in two regions. [2]"
    assert section(markdown, "Open questions") == "- Who decides on the period?"


def test_each_pass_says_what_it_added_and_which_lines_it_cited_first() -> None:
    assert section(report().markdown, "What each pass added") == (
        "1. **Signal Capture** (2 of 2 workers, 8.0 s): 2 findings say how long. New: [1]"
    )


def test_a_pass_that_only_repeats_lines_is_not_said_to_have_added_any() -> None:
    repeated = [finding(1), finding(1, pass_number=2)]
    assert report(reported=repeated).markdown.count("New:") == 1


def test_a_rejected_answer_is_said_to_be_before_it_is_read() -> None:
    against = Vote(guardian="auditor", vote=Ballot.REJECT, reason="0 of 2")
    text = report(concluded=[synthesis(votes=(against,))]).markdown
    assert text.index("> **The council rejected this answer**") < text.index("## Answer")


def test_the_council_gives_its_outcome_its_votes_and_reasons() -> None:
    assert section(report().markdown, "What the council said") == (
        "**Approved** (1 approve): 1 of 1 cast approve, more than 50% is needed."
        "\n\n- **auditor**: approve. 2 of 2 claims cite verified lines."
    )


def test_skipped_files_are_named_with_their_reason() -> None:
    assert "- `docs/logo.png`: not text" in section(report().markdown, "Coverage")


def test_many_skipped_files_are_counted_after_the_first_fifty() -> None:
    skipped = tuple(Skipped(path=f"{number}.png", reason="not text") for number in range(60))
    coverage = section(report(skipped=skipped).markdown, "Coverage")
    assert coverage.count("not text") == 50
    assert "and 10 more" in coverage


def test_the_extractive_engine_is_said_not_to_reason() -> None:
    method = section(report().markdown, "Method")
    assert "does not reason" in method
    assert "not that the claim is proven" in method


def test_a_stopped_run_says_at_the_top_that_it_is_partial_and_why() -> None:
    head = report(state=RunState.STOPPED, stop_reason="interrupted").markdown.split("\n\n")[1]
    assert head == (
        f"> **Partial report.** The run stopped: interrupted. `swarm resume {RUN}` continues it. "
        "1 of 1 passes are finished."
    )


def test_a_finished_run_says_nothing_of_being_partial() -> None:
    assert "Partial" not in report().markdown


def test_finding_nothing_is_said_plainly() -> None:
    markdown = report(
        concluded=[synthesis(answer=(), agreements=(), contradictions=())], reported=[]
    ).markdown
    assert "**Nothing was found** in 2 documents" in section(markdown, "Answer")
    assert "## Sources" not in markdown


def test_a_run_that_has_not_concluded_does_not_claim_that_there_is_nothing() -> None:
    markdown = report(state=RunState.RUNNING, concluded=[], reported=[]).markdown
    assert section(markdown, "Answer") == "Nothing has been concluded yet."


@pytest.mark.parametrize("empty", ["Agreements", "Contradictions", "Open questions", "What the council said"])
def test_a_section_with_nothing_in_it_is_left_out(empty: str) -> None:
    bare = synthesis(agreements=(), contradictions=(), open_questions=(), votes=())
    assert f"## {empty}" not in report(concluded=[bare]).markdown


def test_an_answer_that_hardly_fits_the_question_is_called_thin() -> None:
    sure = claim("Thirty days.", cite(POLICY, 2))
    unsure = sure.model_copy(update={"confidence": 0.2})
    thin, firm = (
        section(report(concluded=[synthesis(answer=(told,))]).markdown, "Answer") for told in (unsure, sure)
    )
    assert thin.startswith("**The evidence is thin**")
    assert "thin" not in firm


def test_markup_in_a_quoted_document_stands_as_text() -> None:
    told = claim("Call `purge()` by hand, said <b>Ann</b>.", cite(MINUTES, 3))
    answer = section(report(concluded=[synthesis(answer=(told,))]).markdown, "Answer")
    assert answer == r"Call `purge()` by hand, said \<b>Ann\</b>. [1]"


def test_finding_nothing_because_every_worker_failed_is_said_so() -> None:
    lost = [finding(number, kind="failed", summary="No shard answered.", citations=()) for number in (1, 2)]
    markdown = report(concluded=[synthesis(answer=())], reported=lost).markdown
    assert "every worker failed (2 of 2). The first said: No shard answered." in section(markdown, "Answer")


def test_a_source_shows_its_lines_with_their_own_layout() -> None:
    joined = "# Retention The retention period is 30 days."
    two_lines = cite(POLICY, 2, joined).model_copy(update={"start": 1})
    told = claim("Thirty days.", two_lines)
    sources = section(report(concluded=[synthesis(answer=(told,))]).markdown, "Sources")
    assert "   # Retention\n   The retention period is 30 days.\n" in sources


def test_a_source_shows_only_the_quote_where_its_line_says_much_more() -> None:
    told = claim("It moved.", cite(MINUTES, 4, "The office moved to Antwerp."))
    markdown = report(concluded=[synthesis(answer=(told,))]).markdown
    assert "```text\n   The office moved to Antwerp.\n   ```" in section(markdown, "Sources")
    assert "And so on" not in markdown
