"""Briefs to give to an engine."""

from typing import Any

from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Brief


def brief_of(question: str, role: Role = Role.SIGNAL, **particular: Any) -> Brief:
    return Brief(
        **{
            "brief_id": "run_1.1.1",
            "run_id": "run_1",
            "pass_number": 1,
            "pass_name": "Signal Capture",
            "number": 1,
            "of": 5,
            "role": role,
            "engine": "extractive",
            "question": question,
            "angle": question,
            "queries": (question,),
            **particular,
        }
    )
