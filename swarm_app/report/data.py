"""A report as the JSON object that `swarm research --json` and `swarm show --json` print."""

from typing import Any

from swarm_app.contracts.documents import Citation
from swarm_app.contracts.insights import Insight
from swarm_app.contracts.research import Claim, Contradiction, Finding
from swarm_app.contracts.run import Report

_AS_THEY_ARE = {
    "run_id",
    "question",
    "state",
    "stop_reason",
    "roots",
    "plan",
    "engine",
    "shards",
    "open_questions",
    "council",
    "coverage",
    "evidence",
    "answer_engine",
    "unwritten",
    "usage",
    "timings",
    "executions",
}
_PASS_FIELDS = {
    "number",
    "name",
    "workers",
    "reported",
    "failed",
    "synthesis",
    "synthesis_engine",
    "findings",
}
_FINDING_FIELDS = {"finding_id", "worker_id", "engine", "kind", "summary", "confidence", "attempts"}
_CLAIM_FIELDS = {"statement", "confidence", "facet", "corroborated", "findings", "insights"}


def to_json(report: Report) -> dict[str, Any]:
    """Plain values under the names of the documented contract."""
    return {
        **report.model_dump(mode="json", include=_AS_THEY_ARE),
        "passes": [each.model_dump(mode="json", include=_PASS_FIELDS) for each in report.passes],
        "findings": [_finding(each) for each in report.findings],
        "syntheses": [_finding(each) for each in report.syntheses],
        "answer": [_sentence(each) for each in report.answer],
        "agreements": [_claim(each) for each in report.agreements],
        "contradictions": [_contradiction(each) for each in report.contradictions],
        "insights": [_insight(each) for each in report.insights],
        "report": {
            "markdown": report.markdown,
            "citations": [_citation(each) for each in report.citations],
        },
    }


def _citation(citation: Citation) -> dict[str, Any]:
    """``page`` appears only where there is one."""
    return citation.model_dump(mode="json", exclude_none=True)


def _finding(finding: Finding) -> dict[str, Any]:
    """Without ``receipt``, ``helped``, ``links`` and ``insights`` where there are none."""
    peers = finding.model_dump(mode="json", include={"links"})
    peers["insights"] = [each.finding_id for each in finding.insights]
    return {
        **finding.model_dump(mode="json", include=_FINDING_FIELDS),
        "pass": finding.pass_number,
        **finding.model_dump(mode="json", include={"receipt", "helped"}, exclude_none=True),
        "citations": [_citation(each) for each in finding.citations],
        **{name: value for name, value in peers.items() if value},
    }


def _insight(insight: Insight) -> dict[str, Any]:
    return {
        **insight.model_dump(mode="json", exclude={"citations"}),
        "citations": [_citation(each) for each in insight.citations],
    }


def _sentence(claim: Claim) -> dict[str, Any]:
    """A claim of the answer; one of a model's own says so."""
    return _claim(claim) | {"inference": claim.inference}


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        **claim.model_dump(mode="json", include=_CLAIM_FIELDS),
        "citations": [_citation(each) for each in claim.citations],
    }


def _contradiction(each: Contradiction) -> dict[str, Any]:
    return {
        "subject": each.subject,
        "difference": each.difference,
        "left": _citation(each.left),
        "right": _citation(each.right),
        "findings": list(each.findings),
    }
