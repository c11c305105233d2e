"""The council: what the guardians' votes come to."""

from collections import Counter
from collections.abc import Iterable

from swarm_app.contracts.research import Ballot, Vote


def outcome(votes: Iterable[Vote]) -> str:
    """``approved``, ``rejected`` or ``undecided``: the majority of those who did not abstain.

    Undecided when approvals and rejections are as many, or when everybody abstained.
    """
    count = Counter(vote.vote for vote in votes)
    approvals, rejections = count[Ballot.APPROVE], count[Ballot.REJECT]
    if approvals == rejections:
        return "undecided"
    return "approved" if approvals > rejections else "rejected"
