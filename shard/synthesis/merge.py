"""Claims that say the same or quote the same lines, made one."""

from collections.abc import Iterable, Sequence

from swarm_app import sense, words
from swarm_app.contracts.documents import Citation, meet
from swarm_app.contracts.research import Claim

_ALIKE = 0.75  # similarity from which two statements are one
_SHARED = 0.6  # of the terms of two quotes from which they are of one thing
_MOST_CITATIONS = 6


def merge(claims: Iterable[Claim]) -> list[Claim]:
    """The claims without repeats: the more confident statement stays, with the evidence of both."""
    merged: list[Claim] = []
    for claim in claims:
        place = next((index for index, other in enumerate(merged) if same(claim, other)), None)
        if place is None:
            merged.append(claim)
        else:
            merged[place] = _united(merged[place], claim)
    return merged


def same(one: Claim, other: Claim) -> bool:
    """Whether two claims quote the same words of the same lines first, or say the same in nearly these words.

    What differs in its yes or no, its figures, or who does what to whom is not the same, however alike.
    """
    if overlap(one.citations[0], other.citations[0]):
        return not sense.conflict(one.statement, other.statement)
    alike = words.similarity(one.statement, other.statement) >= _ALIKE
    return alike and sense.same(one.statement, other.statement)


def independent(claim: Claim) -> bool:
    """Whether another document says in its own words what a claim quotes first: a copy says nothing again."""
    first, *others = claim.citations
    return any(
        (one.sha256 or one.path) != (first.sha256 or first.path)
        and words.similarity(one.quote, first.quote) >= _SHARED
        and not _copied(one.quote, first.quote)
        and not sense.conflict(one.quote, first.quote)
        for one in others
    )


def _copied(quote: str, other: str) -> bool:
    ours, theirs = (f" {' '.join(words.words(text))} " for text in (quote, other))
    return ours in theirs or theirs in ours


def quotes_code(claim: Claim) -> bool:
    """Whether a claim shows code instead of a sentence."""
    return claim.statement.endswith("`")


def overlap(one: Citation, other: Citation) -> bool:
    """Whether two citations share lines and most of the shorter one's words: a long line says many things."""
    return meet(one, other) and words.containment(one.quote, other.quote) >= _SHARED


def _united(one: Claim, other: Claim) -> Claim:
    lead = other if other.confidence > one.confidence else one
    citations = front(lead.citations, (*one.citations, *other.citations))
    return lead.model_copy(
        update={
            "citations": citations[:_MOST_CITATIONS],
            "findings": words.distinct((*one.findings, *other.findings)),
            "engines": words.distinct((*one.engines, *other.engines)),
            "corroborated": one.corroborated or other.corroborated,
        }
    )


def front(first: Sequence[Citation], rest: Sequence[Citation]) -> tuple[Citation, ...]:
    """The citations without repeats, ``first`` in front."""
    return words.distinct((*first, *rest))
