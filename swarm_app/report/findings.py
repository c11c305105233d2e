"""The body of a report: what agrees, what does not, what is open, and who said so."""

from collections import Counter

from swarm_app import words
from swarm_app.contracts.documents import Citation
from swarm_app.contracts.research import Contradiction, Vote
from swarm_app.contracts.run import PassProgress, Report
from swarm_app.report import escape
from swarm_app.report.additions import additions
from swarm_app.report.notes import Notes
from swarm_app.report.opening import sentence


def agreements(report: Report, notes: Notes) -> str:
    """What independent passages say alike."""
    return _section("Agreements", [f"- {sentence(claim, notes)}" for claim in report.agreements], "\n")


def contradictions(report: Report, notes: Notes) -> str:
    """Passages that disagree, both sides quoted."""
    return _section("Contradictions", [_contradiction(each, notes) for each in report.contradictions])


def open_questions(report: Report, _: Notes) -> str:
    """What the run could not settle."""
    return _section("Open questions", [f"- {escape.prose(each)}" for each in report.open_questions], "\n")


def passes(report: Report, notes: Notes) -> str:
    """What each pass added, and the lines it was the first to cite."""
    added = additions(report.findings)
    begun = [each for each in report.passes if each.reported or each.failed or each.synthesis]
    items = [_pass(each, notes.marks(added.get(each.number, ()))) for each in begun]
    return _section("What each pass added", items, "\n")


def council(report: Report, _: Notes) -> str:
    """How the guardians voted, and why."""
    if report.council is None:
        return ""
    tally = Counter(vote.vote.value for vote in report.council.votes)
    outcome = (
        f"**{report.council.outcome.capitalize()}** ({_tally(tally)}): {escape.text(report.council.reason)}."
    )
    return _section("What the council said", [outcome, "\n".join(map(_vote, report.council.votes))])


def _section(title: str, items: list[str], separator: str = "\n\n") -> str:
    return f"## {title}\n\n{separator.join(items)}" if items else ""


def _contradiction(each: Contradiction, notes: Notes) -> str:
    head = f"### {escape.text(each.subject)}\n\n{escape.text(each.difference)}"
    return f"{head}\n\n{_side(each.left, notes)}\n\n{_side(each.right, notes)}"


def _side(citation: Citation, notes: Notes) -> str:
    said = escape.quote(words.unsigned(citation.quote))
    return f"{said}\n>\n> — {escape.code(citation.source)} {notes.marks([citation])}"


def _pass(each: PassProgress, marks: str) -> str:
    failed = f", {each.failed} failed" if each.failed else ""
    seconds = f", {each.seconds:.1f} s" if each.seconds is not None else ""
    summary = escape.prose(each.synthesis or "Under way.")
    counts = f"{each.reported} of {each.workers} workers{failed}{seconds}"
    new = f"New: {marks}" if marks else ""
    return f"{each.number}. **{escape.text(each.name)}** ({counts}): {summary} {new}".rstrip()


def _vote(vote: Vote) -> str:
    return f"- **{escape.text(vote.guardian)}**: {vote.vote.value}. {escape.text(vote.reason)}"


def _tally(votes: Counter[str]) -> str:
    return ", ".join(f"{count} {vote}" for vote, count in votes.most_common())
