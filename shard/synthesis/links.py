"""Links: a claim that a peer has reported before is named, not repeated, and counts as one voice more.

A claim is linked only where `merge` would have left nothing of it but its voice, so an answer is the same
with links and without.
"""

from collections.abc import Iterable, Sequence

from shard.synthesis.merge import claims_of, overlap, same
from swarm_app import words
from swarm_app.contracts.insights import Link
from swarm_app.contracts.research import Claim, Finding, Kind


def linked(finding: Finding, peers: Iterable[Finding]) -> Finding:
    """The finding with links in place of the claims that peers had reported; it keeps all of its citations.

    Support, contradictions and votes stay as they are: what they add is that they say so too.
    """
    if finding.kind is not Kind.CLAIM:
        return finding
    told = [claim for peer in peers for claim in claims_of(peer)]
    found = [(claim, _said_before(claim, told)) for claim in finding.claims]
    links = tuple(words.distinct(link for _, link in found if link))
    kept = tuple(claim for claim, link in found if link is None)
    repeats = bool(links) and not kept
    summary = f"A peer found it before: {finding.summary}" if repeats else finding.summary
    return finding.model_copy(update={"claims": kept, "links": links, "summary": summary})


def voiced(claims: Sequence[Claim], findings: Iterable[Finding]) -> list[Claim]:
    """The claims with the findings that link to them among those they were made of."""
    links = [(link, finding.finding_id) for finding in findings for link in finding.links]
    voices = [tuple(voice for link, voice in links if _is_to(link, claim)) for claim in claims]
    return [
        claim.model_copy(update={"findings": words.distinct((*claim.findings, *more))}) if more else claim
        for claim, more in zip(claims, voices, strict=True)
    ]


def _said_before(claim: Claim, told: Iterable[Claim]) -> Link | None:
    before = next((other for other in told if _holds(other, claim)), None)
    if before is None:
        return None
    cited = before.citations[0]
    return Link(finding_id=before.findings[0], path=cited.path, start=cited.start, end=cited.end)


def _holds(other: Claim, claim: Claim) -> bool:
    """Whether a peer's claim is the same, at least as sure, and cites all the lines that this one does."""
    return (
        same(claim, other)
        and claim.confidence <= other.confidence
        and all(any(overlap(mine, theirs) for theirs in other.citations) for mine in claim.citations)
    )


def _is_to(link: Link, claim: Claim) -> bool:
    return link.finding_id in claim.findings and any(
        cited.path == link.path and cited.start <= link.end and link.start <= cited.end
        for cited in claim.citations
    )
