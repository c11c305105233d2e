"""Does the draft answer what was asked, all of it, and nothing else?"""

from swarm_app import words
from swarm_app.contracts.documents import Excerpt, meet
from swarm_app.contracts.research import Ballot, Claim
from swarm_app.plural import counted
from workers.extractive.guardians.case import Case, Opinion, by_share, share_of

_BEST = 5  # passages that the shards answer the question with
_TOKENS = 1500
_COVERED, _UNCOVERED = 0.8, 0.5  # shares of the question's terms
_NEAR = 1 / 3  # share of the question's terms that a claim must hold; two terms always do


def coverage(case: Case) -> Opinion:
    """Approves a draft that speaks of the question's terms and cites what the shards answer best with.

    Rejects one that leaves out half of the terms, or some and all of the best passages.
    """
    wanted = set(words.subjects(case.brief.question))
    said = wanted & {term for claim in case.claims for term in _terms(claim)}
    best = [each for found in case.passages([case.brief.question], _TOKENS) for each in found][:_BEST]
    met = sum(_is_cited(excerpt, case) for excerpt in best)
    share = share_of(len(said), len(wanted))
    cited, held = (case.brief.coverage.get(name, 0) for name in ("documents_cited", "documents"))
    reason = (
        f"{len(said)} of the question's {counted(len(wanted), 'term')} are covered; {met} of the "
        f"{counted(len(best), 'best passage')} are cited; {cited} of {counted(held, 'document')} are cited"
    )
    if share < _UNCOVERED or (share < _COVERED and best and not met):
        return Opinion(Ballot.REJECT, reason, round(1 - share / 2, 2))
    return by_share(share if met or not best else _UNCOVERED, reason, approve=_COVERED, reject=_UNCOVERED)


def scope(case: Case) -> Opinion:
    """Approves when every claim, with what it quotes, is about the question; rejects when not half are."""
    wanted = set(words.subjects(case.brief.question))
    near = sum(_is_near(claim, wanted) for claim in case.claims)
    reason = f"{near} of {counted(len(case.claims), 'claim')} speak of what was asked"
    return by_share(share_of(near, len(case.claims)), reason, approve=1.0, reject=0.5)


def _terms(claim: Claim) -> tuple[str, ...]:
    return words.terms(" ".join([claim.statement, *(citation.quote for citation in claim.citations)]))


def _is_near(claim: Claim, wanted: set[str]) -> bool:
    held = len(wanted & set(_terms(claim)))
    return held >= 2 or share_of(held, len(wanted)) >= _NEAR


def _is_cited(excerpt: Excerpt, case: Case) -> bool:
    return any(meet(citation, excerpt) for citation in case.citations)
