"""Briefs that listen, and what peers of the same or another run reported."""

from swarm_app.contracts.documents import Citation, Verdict
from swarm_app.contracts.research import Claim, Finding, Kind
from swarm_app.contracts.run import Run
from swarm_app.insights.topics import published
from swarm_app.plans.catalog import load

QUESTION = "Why was the invoice of Halden Marine disputed?"
DISPUTED = "Invoice 4471 was disputed because order HM-2209 came late."
FAILED = "The gearbox of crane 3 failed while HM-2209 was on deck."


def run(run_id: str = "run_a", question: str = QUESTION, **fields: object) -> Run:
    return Run.model_validate(
        {
            "run_id": run_id,
            "question": question,
            "plan": load("quick"),
            "engine": "extractive",
            "shards": ("finance",),
            "roots": {"finance": "/srv/finance"},
            "queued_at": 0.0,
            **fields,
        }
    )


def cited(quote: str, path: str = "finance/disputes.md", line: int = 1) -> Citation:
    return Citation(path=path, start=line, end=line, quote=quote, sha256=path, verdict=Verdict.VERIFIED)


def claim(statement: str, *citations: Citation, confidence: float = 0.5) -> Claim:
    return Claim(statement=statement, citations=citations or (cited(statement),), confidence=confidence)


def finding(
    place: int, *claims: Claim, of: Run | None = None, shard: str = "finance", **fields: object
) -> Finding:
    origin = of or run()
    made = Finding.model_validate(
        {
            "finding_id": f"finding_{origin.run_id.removeprefix('run_')}_1_{place}",
            "run_id": origin.run_id,
            "brief_id": f"{origin.run_id}.1.{place}",
            "pass_number": 1,
            "worker_id": "w",
            "engine": "extractive",
            "reported_at": 0.0,
            "kind": Kind.CLAIM,
            "summary": " ".join(each.statement for each in claims),
            "confidence": 0.5,
            "citations": tuple(citation for each in claims for citation in each.citations),
            "claims": claims,
            **fields,
        }
    )
    return made.model_copy(update={"topics": published(origin, made, [shard])})
