"""A report as Markdown that a person wants to read: the answer first, its sources last."""

from swarm_app.contracts.run import Report
from swarm_app.report import closing, cost, findings, insights, opening
from swarm_app.report.notes import Notes

_SECTIONS = (
    opening.title,
    opening.standing,
    opening.dissent,
    opening.answer,
    findings.agreements,
    findings.contradictions,
    findings.open_questions,
    insights.insights,
    findings.passes,
    findings.council,
    closing.coverage,
    cost.cost,
    closing.method,
    closing.sources,
)


def to_markdown(report: Report, notes: Notes) -> str:
    """The report's Markdown, with a note for each of its citations; `report.markdown` itself is not read."""
    sections = (section(report, notes) for section in _SECTIONS)
    return "\n\n".join(section for section in sections if section) + "\n"
