"""Tasks and findings as the original's users know them: plain dictionaries, read and written."""

from collections.abc import Mapping
from typing import Any

from swarm_app.contracts.assist import Settlement
from swarm_app.contracts.insights import Insight
from swarm_app.contracts.research import Brief, Claim, Draft, Kind
from swarm_app.errors import UsageError
from swarm_app.findings import MOST_SUMMARY
from swarm_app.sources import citation
from workers.strategies import settled


def task(brief: Brief) -> dict[str, Any]:
    """A brief, with what peers found that bears on it."""
    return {
        "task_id": brief.brief_id,
        "type": brief.queue,
        "description": brief.angle,
        "context": brief.extra or {"query": brief.question},
        "pass_name": brief.pass_name,
        "insights": [_insight(each) for each in brief.insights],
    }


def help_with(settlement: Settlement) -> dict[str, Any]:
    """What came of a blocked task, in the shape of a finding."""
    made = settled.draft(settlement)
    sources = [each.model_dump(include={"path", "start", "end", "quote"}) for each in made.citations]
    finding = {"summary": made.summary, "confidence": made.confidence, "sources": sources}
    told = {"outcome": settlement.outcome.value, "by": [each.worker for each in settlement.solutions]}
    return told | finding | {"kind": made.kind.value}


def draft(finding: Mapping[str, Any], brief: Brief) -> Draft:
    """A finding of a brief.

    Raises `UsageError` for a source or an insight that there is none of, and for a summary that is blank or
    too long.
    """
    kind, summary = Kind(finding.get("kind", Kind.CLAIM)), _summary(str(finding.get("summary", "")))
    confidence = float(finding.get("confidence", 0.5))
    sources = finding.get("sources", ())
    cited = tuple(citation(source) for source in ([sources] if isinstance(sources, str) else sources))
    claim = Claim(statement=summary, citations=cited, confidence=confidence, facet=brief.facet)
    return Draft(
        kind=kind,
        summary=summary,
        confidence=confidence,
        citations=cited,
        claims=(claim,) if kind is Kind.CLAIM and cited else (),
        insights=tuple(_heard(named, brief) for named in finding.get("insights", ())),
    )


def _summary(text: str) -> str:
    if not text.strip():
        raise UsageError("The finding has no summary. Say in a sentence what was found, or that nothing was.")
    if len(text) > MOST_SUMMARY:
        raise UsageError(
            f"The summary has {len(text):,} characters, and may have {MOST_SUMMARY:,}. Say it in "
            "short, and put what is long into a document that the finding cites."
        )
    return text


def _insight(insight: Insight) -> dict[str, Any]:
    return {
        "finding_id": insight.finding_id,
        "run_id": insight.run_id,
        "statement": insight.statement,
        "sources": [each.source for each in insight.citations],
        "confidence": insight.confidence,
    }


def _heard(finding_id: str, brief: Brief) -> Insight:
    for insight in brief.insights:
        if insight.finding_id == finding_id:
            return insight
    raise UsageError(f"{finding_id!r} is none of the insights that {brief.brief_id} began with.")
