"""What a finding claims, by what is left of its evidence."""

from swarm_app.contracts.documents import Citation, Verdict
from swarm_app.contracts.research import Claim, Finding, Kind

_CLAIMING = frozenset([Kind.CLAIM, Kind.CORROBORATION])


def claims_of(finding: Finding) -> list[Claim]:
    """The finding's claims that rest on verified lines; its summary, when it lists none itself."""
    if finding.kind not in _CLAIMING:
        return []
    verified = {_key(one): one for one in finding.citations if one.verdict is Verdict.VERIFIED}
    kept = [_resting_on(claim, finding, verified) for claim in finding.stated]
    return [claim for claim in kept if claim.citations]


def _key(citation: Citation) -> tuple[str, int, int, str]:
    return citation.path, citation.start, citation.end, " ".join(citation.quote.split())


def _resting_on(claim: Claim, finding: Finding, verified: dict[tuple[str, int, int, str], Citation]) -> Claim:
    held = tuple(verified[_key(citation)] for citation in claim.citations if _key(citation) in verified)
    made = {"findings": (finding.finding_id,), "engines": (finding.engine,)}
    return claim.model_copy(update={"citations": held, **made})
