"""Findings of other runs that answer a brief, marked with their age."""

from collections.abc import Iterable

from swarm_app import words
from swarm_app.contracts.research import Brief, Draft, Finding, Kind

ALIKE = 0.6  # share of the terms of the shorter of two askings that stand in the other

_TELLING = {Kind.CLAIM, Kind.CORROBORATION, Kind.CONTRADICTION}


def closest_older(brief: Brief, found: Iterable[tuple[Brief, Finding]]) -> Finding | None:
    """The finding of the brief that asked most nearly the same, in the same role; the latest of equals."""
    near = [
        (likeness, finding.reported_at, finding)
        for other, finding in found
        if other.role is brief.role
        and finding.kind in _TELLING
        and (likeness := _likeness(brief, other)) >= ALIKE
    ]
    return max(near, key=lambda each: each[:2])[2] if near else None


def revived(finding: Finding, age_s: float) -> Draft:
    """An older finding as a draft: it says how old it is, and costs nothing again."""
    kept = {name: getattr(finding, name) for name in Draft.model_fields}
    fresh = {"input_tokens": 0, "output_tokens": 0, "cost_usd": 0.0, "receipt": None, "supports": ()}
    told = f"Found {aged(age_s)} ago in {finding.run_id}: {finding.summary}"
    return Draft.model_validate(kept | fresh | {"summary": told})


def aged(seconds: float) -> str:
    """An age in the largest unit of which there are two."""
    for unit, length in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length:.0f} {unit}"
    return f"{seconds:.0f} seconds"


def _likeness(brief: Brief, other: Brief) -> float:
    """By both the question and the angle: a run's question alone is the same for all of its briefs."""
    question = words.containment(brief.question, other.question)
    return min(question, words.containment(brief.angle, other.angle))
