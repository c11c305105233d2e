"""The council: what the guardians' votes come to, and what follows from it."""

from collections.abc import Sequence

from swarm_app.contracts.plan import Guardian, Plan, Rejection
from swarm_app.contracts.research import Ballot, Synthesis, Vote
from swarm_app.contracts.run import Council

APPROVED, REJECTED, UNDECIDED = "approved", "rejected", "undecided"


def judge(plan: Plan, votes: Sequence[Vote]) -> Council:
    """The outcome by the plan's rules: votes count by their guardians' weight, abstentions not at all.

    They are told in the order of the seats. A veto rejects. Undecided when approvals are exactly the share
    that they must exceed, when everybody abstained, or below the quorum.
    """
    seats = {guardian.name: guardian for guardian in plan.guardians}
    order = [*seats, *(vote.guardian for vote in votes)]
    votes = sorted(votes, key=lambda vote: order.index(vote.guardian))
    against = [vote.guardian for vote in votes if vote.vote is Ballot.REJECT and _may_veto(vote, seats)]
    approving, rejecting, abstaining = (_weight(votes, ballot, seats) for ballot in Ballot)
    cast = approving + rejecting
    counted = f"{approving:g} of {cast:g} cast approve, more than {plan.council.approval:.0%} is needed"
    if against:
        return Council(outcome=REJECTED, votes=tuple(votes), reason=f"vetoed by {', '.join(against)}")
    if not cast or cast < plan.council.quorum * (cast + abstaining):
        reason = f"{cast:g} of {cast + abstaining:g} were cast, which is no quorum"
        return Council(outcome=UNDECIDED, votes=tuple(votes), reason=reason)
    return Council(
        outcome=_outcome(approving / cast, plan.council.approval), votes=tuple(votes), reason=counted
    )


def judgement(plan: Plan, concluded: Sequence[Synthesis]) -> Council | None:
    """What the last council of a run said; None while none has voted."""
    votes = next((synthesis.votes for synthesis in reversed(concluded) if synthesis.votes), ())
    return judge(plan, votes) if votes else None


def has_rejected(plan: Plan, concluded: Sequence[Synthesis]) -> bool:
    """Whether the last council of a run rejected its draft."""
    said = judgement(plan, concluded)
    return said is not None and said.outcome == REJECTED


def is_stopped(plan: Plan, concluded: Sequence[Synthesis]) -> bool:
    """Whether the council has rejected the draft of a run that stops then."""
    return plan.council.rejection is Rejection.STOP and has_rejected(plan, concluded)


def following(plan: Plan, concluded: Sequence[Synthesis]) -> int | None:
    """The number of the pass that comes next; None when there is none.

    None follows a rejection that stops. Repair passes follow another one, all of them once the first has run.
    """
    number = len(concluded) + 1
    if number > len(plan.passes) or is_stopped(plan, concluded):
        return None
    under_repair = bool(concluded) and plan.passes[number - 2].repair
    if plan.passes[number - 1].repair and not under_repair and not has_rejected(plan, concluded):
        return None
    return number


def _outcome(share: float, needed: float) -> str:
    if share == needed:
        return UNDECIDED
    return APPROVED if share > needed else REJECTED


def _may_veto(vote: Vote, seats: dict[str, Guardian]) -> bool:
    return vote.guardian in seats and seats[vote.guardian].veto


def _weight(votes: Sequence[Vote], ballot: Ballot, seats: dict[str, Guardian]) -> float:
    """The weight behind a ballot; 1 for a guardian that has no seat in the plan."""
    named = (seats.get(vote.guardian) for vote in votes if vote.vote is ballot)
    return sum(guardian.weight if guardian else 1.0 for guardian in named)
