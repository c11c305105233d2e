"""Whether a helper's draft is a solution: by the evidence that is left of it."""

from swarm_app.contracts.documents import EvidenceCount
from swarm_app.contracts.research import Ballot, Draft, Kind


def solves(draft: Draft, evidence: EvidenceCount) -> bool:
    """Whether a draft, its citations checked, is more than the blocked worker has.

    A vote solves if it is none of abstention; anything else if a citation of it was verified.
    """
    if draft.kind is Kind.VOTE:
        return draft.vote is not None and draft.vote.vote is not Ballot.ABSTAIN
    return draft.kind not in {Kind.GAP, Kind.FAILED} and evidence.verified > 0
