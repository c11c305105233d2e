"""What other runs found, and what it bears on."""

from collections.abc import Iterable, Iterator, Sequence

from swarm_app import words
from swarm_app.contracts.documents import Citation
from swarm_app.contracts.insights import Insight
from swarm_app.contracts.research import Finding
from swarm_app.contracts.run import Report
from swarm_app.report import escape
from swarm_app.report.notes import Notes

_STATEMENT = 320
_INTRO = (
    "Findings of other runs that bear on what stands here, or led to it. Their lines were checked in the "
    "documents that those runs read."
)


def of_others(run_id: str, findings: Iterable[Finding]) -> tuple[Insight, ...]:
    """The insights from other runs that bear on these findings, each once."""
    heard = (insight for finding in findings for insight in finding.insights if insight.run_id != run_id)
    return tuple({(each.finding_id, each.statement): each for each in heard}.values())


def insights(report: Report, notes: Notes) -> str:
    """What each insight says, where it comes from, and the lines that it bears on."""
    if not report.insights:
        return ""
    items = "\n".join(f"- {_item(each, report.findings, notes)}" for each in report.insights)
    return f"## Insights from other runs\n\n{_INTRO}\n\n{items}"


def _item(insight: Insight, findings: Sequence[Finding], notes: Notes) -> str:
    said = escape.prose(words.shorten(insight.statement, _STATEMENT))
    shards = ", ".join(map(escape.code, insight.shards))
    lines = notes.marks(_borne_on(insight, findings))
    found = f"Found by {escape.code(insight.run_id)} in {shards}" + (
        f"; it bears on {lines}" if lines else ""
    )
    return f"{said} {notes.marks(insight.citations)} {found}."


def _borne_on(insight: Insight, findings: Sequence[Finding]) -> Iterator[Citation]:
    """The citations of the claims that it bears on; of an engine that does not tell, all of the finding's."""
    for finding in findings:
        if insight.finding_id in {each.finding_id for each in finding.insights}:
            claims = [claim for claim in finding.claims if insight.finding_id in claim.insights]
            told = any(claim.insights for claim in finding.claims)
            yield from (one for claim in claims for one in claim.citations)
            if finding.claims and not told:
                yield from finding.citations
