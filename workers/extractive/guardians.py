"""The council: each duty judges the draft answer by one figure of its own."""

from collections.abc import Callable
from itertools import combinations

from swarm_app import words
from swarm_app.contracts.context import Context
from swarm_app.contracts.documents import Verdict
from swarm_app.contracts.research import Ballot, Brief, Draft, Kind, Vote
from swarm_app.errors import EngineError
from swarm_app.plural import counted
from workers.extractive.draft import finish

_Opinion = tuple[Ballot, str]
_ALIKE = 0.7  # similarity from which two claims say the same
_COVERED = 0.6  # share of the question's terms from which it counts as covered


def guard(brief: Brief, _context: Context) -> Draft:
    """A vote on the draft answer (the brief's claims). Raises `EngineError` for a duty that nobody knows."""
    if brief.guardian is None or brief.guardian.duty not in _DUTIES:
        duty = brief.guardian.duty if brief.guardian else "none"
        raise EngineError(f"Brief {brief.brief_id}: no guardian duty {duty!r}. Duties: {', '.join(_DUTIES)}.")
    ballot, reason = _DUTIES[brief.guardian.duty](brief)
    vote = Vote(guardian=brief.guardian.name, vote=ballot, reason=reason)
    summary = f"{vote.guardian} ({brief.guardian.duty}): {ballot.value}. {reason}."
    return finish(Draft(kind=Kind.VOTE, summary=summary, confidence=1.0, vote=vote), brief, ())


def _evidence(brief: Brief) -> _Opinion:
    """Approves when every claim of the draft cites a verified line, rejects when not even half do."""
    held = sum(
        any(citation.verdict is Verdict.VERIFIED for citation in claim.citations) for claim in brief.claims
    )
    reason = f"{held} of {len(brief.claims)} claims cite verified lines"
    if brief.claims and held == len(brief.claims):
        return Ballot.APPROVE, reason
    return (Ballot.ABSTAIN if 2 * held >= len(brief.claims) > 0 else Ballot.REJECT), reason


def _coverage(brief: Brief) -> _Opinion:
    """Approves when the draft speaks of most of the question's terms, rejects below half of that."""
    wanted = set(words.terms(brief.question))
    texts = [claim.statement for claim in brief.claims]
    texts += [f"{citation.quote} {citation.path}" for claim in brief.claims for citation in claim.citations]
    said = wanted & {term for text in texts for term in words.terms(text)}
    share = len(said) / len(wanted) if wanted else 0.0
    cited, held = brief.coverage.get("documents_cited", 0), brief.coverage.get("documents", 0)
    terms = f"{len(said)} of the question's {len(wanted)} terms are covered"
    reason = f"{terms}; {cited} of {held} documents are cited"
    if share >= _COVERED:
        return Ballot.APPROVE, reason
    return (Ballot.ABSTAIN if 2 * share >= _COVERED else Ballot.REJECT), reason


def _contradiction(brief: Brief) -> _Opinion:
    """Approves without contradictions, rejects when one touches lines that the draft rests on."""
    cited = {(citation.path, citation.start) for claim in brief.claims for citation in claim.citations}
    sides = [{(side.path, side.start) for side in (pair.left, pair.right)} for pair in brief.contradictions]
    touching = sum(bool(side & cited) for side in sides)
    reason = f"{len(sides)} contradictions are unresolved, {touching} of them in lines that the draft cites"
    if touching:
        return Ballot.REJECT, reason
    return (Ballot.ABSTAIN if sides else Ballot.APPROVE), reason


def _independence(brief: Brief) -> _Opinion:
    """Approves when the draft rests on two documents or a corroborated claim, abstains otherwise."""
    paths = {citation.path for claim in brief.claims for citation in claim.citations}
    corroborated = sum(claim.corroborated for claim in brief.claims)
    cited = counted(len(paths), "cited document")
    reason = f"{cited}; {corroborated} of {counted(len(brief.claims), 'claim')} corroborated"
    if not brief.claims:
        return Ballot.REJECT, reason
    return (Ballot.APPROVE if len(paths) > 1 or corroborated else Ballot.ABSTAIN), reason


def _duplication(brief: Brief) -> _Opinion:
    """Approves when no two claims say the same, rejects when half of the pairs do."""
    pairs = list(combinations(brief.claims, 2))
    alike = sum(words.similarity(left.statement, right.statement) >= _ALIKE for left, right in pairs)
    reason = f"{alike} of {len(pairs)} pairs of claims say the same"
    if not alike:
        return (Ballot.APPROVE if brief.claims else Ballot.ABSTAIN), reason
    return (Ballot.REJECT if 2 * alike >= len(pairs) else Ballot.ABSTAIN), reason


def _scope(brief: Brief) -> _Opinion:
    """Approves when every claim shares a term with the question, rejects when not even half do."""
    wanted = set(words.terms(brief.question))
    near = sum(bool(wanted & set(words.terms(claim.statement))) for claim in brief.claims)
    reason = f"{near} of {len(brief.claims)} claims speak of the question's own terms"
    if brief.claims and near == len(brief.claims):
        return Ballot.APPROVE, reason
    return (Ballot.ABSTAIN if 2 * near >= len(brief.claims) > 0 else Ballot.REJECT), reason


_DUTIES: dict[str, Callable[[Brief], _Opinion]] = {
    "evidence": _evidence,
    "coverage": _coverage,
    "contradiction": _contradiction,
    "independence": _independence,
    "duplication": _duplication,
    "scope": _scope,
}
