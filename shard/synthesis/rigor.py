"""What looking for independent support does to a claim's confidence."""

from collections.abc import Mapping, Sequence

from shard.synthesis.merge import front, independent, quotes_code, same
from swarm_app import sense
from swarm_app.contracts.documents import Citation, Verdict
from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Brief, Claim, Finding, Kind

ALONE = 0.75  # factor on the confidence of a claim for which no support was found
MOST_AGREEMENTS = 8
DOUBT = 0.85  # factor on what is left to certainty when support was found


def weigh(claims: Sequence[Claim], briefs: Sequence[Brief], findings: Sequence[Finding]) -> list[Claim]:
    """The claims after this pass's checks.

    A claim that a worker found independent support for has its doubt cut to `DOUBT` of what it was; one
    that a worker looked for support of in vain keeps `ALONE` of its confidence. What nobody checked stays.
    """
    reported = {finding.brief_id: finding for finding in findings}
    checked = [brief for brief in briefs if brief.role is Role.CORROBORATE and brief.claims]
    return [_weighed(claim, checked, reported) for claim in claims]


def agreements(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Sentences with independent support: found by a worker, or said by several documents."""
    agreed = (claim for claim in claims if claim.corroborated or independent(claim))
    return tuple(claim for claim in agreed if not quotes_code(claim))[:MOST_AGREEMENTS]


def _weighed(claim: Claim, checked: Sequence[Brief], reported: Mapping[str, Finding]) -> Claim:
    for brief in checked:
        finding = reported.get(brief.brief_id)
        if finding is not None and same(claim, brief.claims[0]):
            return _verdict(claim, finding)
    return claim


def _verdict(claim: Claim, finding: Finding) -> Claim:
    support = tuple(one for one in finding.citations if _supports(one, claim))
    if finding.kind is Kind.CORROBORATION and support:
        certain = round(1 - (1 - claim.confidence) * DOUBT, 2)
        citations = front(claim.citations, support)
        return claim.model_copy(update={"corroborated": True, "confidence": certain, "citations": citations})
    if finding.kind is Kind.GAP and not claim.corroborated:
        return claim.model_copy(update={"confidence": round(claim.confidence * ALONE, 2)})
    return claim


def _supports(citation: Citation, claim: Claim) -> bool:
    return citation.verdict is Verdict.VERIFIED and not sense.denies(claim.statement, citation.quote)
