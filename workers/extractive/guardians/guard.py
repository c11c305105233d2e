"""A guardian's vote, by its duty."""

from collections.abc import Callable, Mapping

from swarm_app.contracts.context import Context
from swarm_app.contracts.research import Brief, Draft, Kind, Vote
from swarm_app.errors import EngineError
from workers.extractive.draft import finish
from workers.extractive.guardians.case import Case, Opinion
from workers.extractive.guardians.conflict import contradiction, denial
from workers.extractive.guardians.evidence import duplication, evidence, independence
from workers.extractive.guardians.figures import arithmetic, observation
from workers.extractive.guardians.harm import disclosure
from workers.extractive.guardians.reach import coverage, scope

_DUTIES: Mapping[str, Callable[[Case], Opinion]] = {
    "evidence": evidence,
    "coverage": coverage,
    "contradiction": contradiction,
    "independence": independence,
    "duplication": duplication,
    "scope": scope,
    "observation": observation,
    "arithmetic": arithmetic,
    "denial": denial,
    "disclosure": disclosure,
}


def guard(brief: Brief, context: Context) -> Draft:
    """A vote on the draft (the brief's claims). Raises `EngineError` for a duty that nobody knows."""
    guardian = brief.guardian
    if guardian is None or guardian.duty not in _DUTIES:
        duty = guardian.duty if guardian else "none"
        raise EngineError(f"Brief {brief.brief_id}: no guardian duty {duty!r}. Duties: {', '.join(_DUTIES)}.")
    case = Case(brief, context)
    ballot, reason, confidence = _DUTIES[guardian.duty](case)
    vote = Vote(guardian=guardian.name, vote=ballot, reason=reason, confidence=confidence)
    summary = f"{vote.guardian} ({guardian.duty}): {ballot.value}. {reason}."
    return finish(Draft(kind=Kind.VOTE, summary=summary, confidence=confidence, vote=vote), brief, case.read)
