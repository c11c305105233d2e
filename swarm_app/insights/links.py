"""Links: a claim that a peer has reported before is named instead of repeated.

A link keeps what the worker thought of the claim, so that a synthesis can put the claim back in its place: an
answer is the same with links and without, whoever reported first.
"""

from collections.abc import Iterable, Mapping, Sequence

from swarm_app import sense, words
from swarm_app.contracts.insights import Link
from swarm_app.contracts.research import Claim, Finding, Kind
from swarm_app.insights.claims import claims_of

_ALIKE = 0.75  # similarity from which two statements on the same words are one


def linked(finding: Finding, peers: Iterable[Finding]) -> Finding:
    """The finding with links for the claims that peers had reported; it keeps all of its citations.

    Support, contradictions and votes stay as they are: what they add is that they say so too.
    """
    if finding.kind is not Kind.CLAIM:
        return finding
    told = [claim for peer in peers for claim in claims_of(peer)]
    found = [(claim, _link(place, claim, told)) for place, claim in enumerate(finding.claims)]
    kept = tuple(claim for claim, link in found if link is None)
    links = tuple(link for _, link in found if link)
    summary = finding.summary if kept or not links else f"A peer found it before: {finding.summary}"
    return finding.model_copy(update={"claims": kept, "links": links, "summary": summary})


def unlinked(findings: Sequence[Finding], known: Sequence[Claim]) -> list[Finding]:
    """The findings with the claims that their links name back in their places.

    ``known`` are the claims of earlier passes: a finding that came too late may link to one of those.
    """
    told = {finding.finding_id: claims_of(finding) for finding in findings}
    return [_unlinked(finding, told, known) if finding.links else finding for finding in findings]


def _link(place: int, claim: Claim, told: Iterable[Claim]) -> Link | None:
    before = next((other for other in told if _repeats(claim, other)), None)
    if before is None:
        return None
    first = claim.citations[0]
    return Link(
        finding_id=before.findings[0],
        path=first.path,
        start=first.start,
        end=first.end,
        quote=first.quote,
        place=place,
        confidence=claim.confidence,
        facet=claim.facet,
    )


def _repeats(claim: Claim, other: Claim) -> bool:
    """Whether two claims say the same of the same words of the same lines."""
    alike = words.similarity(claim.statement, other.statement) >= _ALIKE
    return claim.citations == other.citations and alike and sense.same(claim.statement, other.statement)


def _unlinked(finding: Finding, told: Mapping[str, Sequence[Claim]], known: Sequence[Claim]) -> Finding:
    claims = list(finding.claims)
    for link in finding.links:
        candidates = (*told.get(link.finding_id, ()), *known)
        if (claim := next((each for each in candidates if _is_to(link, each)), None)) is not None:
            thought = {"confidence": link.confidence, "facet": link.facet, "findings": (), "engines": ()}
            claims.insert(link.place, claim.model_copy(update=thought))
    return finding.model_copy(update={"claims": tuple(claims), "links": ()})


def _is_to(link: Link, claim: Claim) -> bool:
    first = claim.citations[0]
    cited = (first.path, first.start, first.end, first.quote)
    return link.finding_id in claim.findings and cited == (link.path, link.start, link.end, link.quote)
