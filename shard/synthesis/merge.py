"""Claims that say the same or quote the same lines, made one."""

from collections.abc import Iterable, Sequence

from swarm_app import words
from swarm_app.contracts.documents import Citation, Verdict
from swarm_app.contracts.research import Claim, Finding, Kind

_ALIKE = 0.75  # similarity from which two statements are one
_SHARED = 0.6  # of the terms of two quotes from which they are of one thing
_MOST_CITATIONS = 6
_CLAIMING = frozenset([Kind.CLAIM, Kind.CORROBORATION])


def claims_of(finding: Finding) -> list[Claim]:
    """The finding's claims that rest on verified lines; its summary, when it lists none itself."""
    if finding.kind not in _CLAIMING:
        return []
    verified = {_key(one): one for one in finding.citations if one.verdict is Verdict.VERIFIED}
    kept = [_resting_on(claim, finding, verified) for claim in finding.stated]
    return [claim for claim in kept if claim.citations]


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
    """Whether two claims quote the same words of the same lines first, or say nearly the same."""
    return overlap(one.citations[0], other.citations[0]) or (
        words.similarity(one.statement, other.statement) >= _ALIKE
    )


def independent(claim: Claim) -> bool:
    """Whether another document says in its own words what a claim quotes first: a copy says nothing again."""
    first, *others = claim.citations
    return any(
        (one.sha256 or one.path) != (first.sha256 or first.path)
        and words.similarity(one.quote, first.quote) >= _SHARED
        and not _copied(one.quote, first.quote)
        for one in others
    )


def _copied(quote: str, other: str) -> bool:
    ours, theirs = (f" {' '.join(words.words(text))} " for text in (quote, other))
    return ours in theirs or theirs in ours


def quotes_code(claim: Claim) -> bool:
    """Whether a claim shows code instead of a sentence."""
    return claim.statement.endswith("`")


def _key(citation: Citation) -> tuple[str, int, int, str]:
    return citation.path, citation.start, citation.end, " ".join(citation.quote.split())


def _resting_on(claim: Claim, finding: Finding, verified: dict[tuple[str, int, int, str], Citation]) -> Claim:
    held = tuple(verified[_key(citation)] for citation in claim.citations if _key(citation) in verified)
    made = {"findings": (finding.finding_id,), "engines": (finding.engine,)}
    return claim.model_copy(update={"citations": held, **made})


def overlap(one: Citation, other: Citation) -> bool:
    """Whether two citations share lines and most of the shorter one's words: a long line says many things."""
    lines = one.path == other.path and one.start <= other.end and other.start <= one.end
    return lines and words.containment(one.quote, other.quote) >= _SHARED


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
