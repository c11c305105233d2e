"""Blockers, and drafts to join."""

from typing import Any

from swarm_app.contracts.assist import Blockage
from swarm_app.contracts.documents import Citation
from swarm_app.contracts.help import Obstacle
from swarm_app.contracts.insights import Insight
from swarm_app.contracts.plan import PassSpec, Plan, Role
from swarm_app.contracts.research import Draft, Finding, Kind
from swarm_app.contracts.run import Run

QUESTION = "How does the purge avoid running twice at once?"
CITED = Citation(path="docs/purge.md", start=3, end=3, quote="The purge takes a lock before it begins.")


def blockage(obstacle: Obstacle, **particular: Any) -> Blockage:
    told = {"brief_id": "run_1.1.1", "worker": "w", "obstacle": obstacle, "details": "Stuck.", "at": 10.0}
    return Blockage.model_validate(told | particular)


def draft(summary: str, kind: Kind = Kind.CLAIM, **particular: Any) -> Draft:
    told = {"kind": kind, "summary": summary, "confidence": 0.5, "citations": (CITED,)}
    return Draft.model_validate(told | particular)


def insight(finding_id: str) -> Insight:
    return Insight(
        finding_id=finding_id,
        run_id="run_0",
        pass_number=1,
        question=QUESTION,
        statement="The purge takes a lock.",
        citations=(CITED,),
        confidence=0.5,
        reported_at=100.0,
    )


def finding(summary: str, **particular: Any) -> Finding:
    told = {
        **draft(summary).model_dump(),
        "finding_id": "finding_0_1_1",
        "run_id": "run_0",
        "brief_id": "run_0.1.1",
        "pass_number": 1,
        "worker_id": "w",
        "reported_at": 100.0,
    }
    return Finding.model_validate(told | particular)


def run(engine: str = "careful", *pass_engines: str) -> Run:
    specs = [
        PassSpec(name=f"Pass {number}", role=Role.SIGNAL, workers=1, engine=each)
        for number, each in enumerate(pass_engines or ("",), 1)
    ]
    plan = Plan(name="tiny", summary="For a test.", passes=tuple(specs))
    return Run(run_id="run_1", question=QUESTION, plan=plan, engine=engine, shards=("s",), queued_at=0.0)
