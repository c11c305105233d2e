"""The draft answer: few claims that answer the question best together."""

from collections.abc import Sequence

from shard.synthesis.merge import overlap
from shard.synthesis.worth import said, worths
from swarm_app import words
from swarm_app.contracts.research import Claim

MOST = 5  # claims in an answer
_ENOUGH = 0.75  # of the best claim's worth, from which a claim may stand in the answer
_HALF = 0.5  # of the question's terms, without which a later sentence only shares words with it
_LEAST = 0.7  # of the best claim's worth, from which a claim is relevant
_ABOUT = 0.7  # of the question's terms, from which a claim speaks of what was asked as a whole
_NEW = 0.25  # how much of the worth is lost by a claim that adds no new term to those chosen
_FROM_ONE = 4  # claims from one document


def rank(question: str, claims: Sequence[Claim]) -> list[Claim]:
    """The claims by what they are worth to the question, best first."""
    worth = worths(question, claims)
    order = sorted(range(len(claims)), key=lambda place: (-worth[place], *_place(claims[place])))
    return [claims[place] for place in order]


def relevant(question: str, claims: Sequence[Claim]) -> list[Claim]:
    """The claims worth enough to stand in an answer that speak of most of the question, in their order."""
    worth = worths(question, claims)
    least = _LEAST * max(worth, default=0.0)
    return [
        claim
        for claim, value in zip(claims, worth, strict=True)
        if value >= least and _speaks_of(question, claim, _ABOUT)
    ]


def answer(question: str, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Up to `MOST` claims, best first: each adds to those before it, and speaks of the question.

    Rather short than padded: a place whose best claim speaks of less than half of what was asked stays empty.
    """
    worth = dict(zip(claims, worths(question, claims), strict=True))
    least = _ENOUGH * max(worth.values(), default=0.0)
    chosen: list[Claim] = []
    while len(chosen) < MOST:
        left = [claim for claim in claims if worth[claim] >= least and _adds(claim, chosen)]
        if not left:
            break
        chosen.append(max(left, key=lambda claim: worth[claim] * _novelty(claim, chosen)))
    return tuple(claim for claim in chosen if claim is chosen[0] or _speaks_of(question, claim, _HALF))


def _speaks_of(question: str, claim: Claim, share: float) -> bool:
    """Whether a claim and its path hold this share of the question's terms."""
    asked = frozenset(words.subjects(question))
    spoken = frozenset(words.terms(f"{claim.statement} {claim.citations[0].path}"))
    return len(spoken & asked) >= share * len(asked)


def _place(claim: Claim) -> tuple[str, int]:
    return claim.citations[0].path, claim.citations[0].start


def _adds(claim: Claim, chosen: Sequence[Claim]) -> bool:
    path = claim.citations[0].path
    return (
        claim not in chosen
        and sum(other.citations[0].path == path for other in chosen) < _FROM_ONE
        and not any(_near(claim, other) for other in chosen)
    )


def _near(claim: Claim, other: Claim) -> bool:
    """Whether the claim quotes first what the other one cites already."""
    return any(overlap(claim.citations[0], theirs) for theirs in other.citations)


def _novelty(claim: Claim, chosen: Sequence[Claim]) -> float:
    """1 for a claim all of whose terms are new, less by up to `_NEW` for what the chosen ones said."""
    before = {term for other in chosen for term in said(other)}
    return 1 - _NEW * len(said(claim) & before) / (len(said(claim)) or 1)
