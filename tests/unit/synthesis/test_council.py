"""What votes come to, and what follows."""

import pytest

from shard.council import following, judge
from swarm_app.contracts.plan import Guardian, PassSpec, Plan, Rejection, Role, Rules
from swarm_app.contracts.research import Ballot, Synthesis, Vote


def plan(*guardians: Guardian, **rules: object) -> Plan:
    look = PassSpec(name="Look", role=Role.SIGNAL, workers=1)
    vote = PassSpec(name="Vote", role=Role.GUARD, workers=1)
    again = [spec.model_copy(update={"repair": True}) for spec in (look, vote)]
    return Plan(
        name="p",
        summary="s",
        passes=(look, vote, *again),
        guardians=guardians,
        council=Rules.model_validate(rules),
    )


def votes(*ballots: str) -> list[Vote]:
    return [Vote(guardian=str(place), vote=Ballot(one), reason="") for place, one in enumerate(ballots)]


def concluded(*ballots: str, passes: int) -> list[Synthesis]:
    """So many passes, the second of which voted."""
    return [
        Synthesis(
            run_id="run_1",
            pass_number=number,
            pass_name="p",
            role=Role.SIGNAL,
            summary="s",
            votes=tuple(votes(*ballots)) if number == 2 else (),
        )
        for number in range(1, passes + 1)
    ]


@pytest.mark.parametrize(
    ("ballots", "outcome"),
    [
        (["approve", "approve", "reject"], "approved"),
        (["approve", "abstain", "abstain"], "approved"),
        (["reject", "reject", "approve"], "rejected"),
        (["approve", "reject"], "undecided"),
        (["abstain", "abstain"], "undecided"),
        ([], "undecided"),
    ],
)
def test_the_majority_of_those_who_vote_decides(ballots: list[str], outcome: str) -> None:
    assert judge(plan(), votes(*ballots)).outcome == outcome


def test_a_vote_counts_by_its_guardians_weight() -> None:
    heavy = plan(Guardian(name="0", duty="evidence", weight=3.0))
    assert judge(heavy, votes("reject", "approve", "approve")).outcome == "rejected"


def test_votes_are_told_in_the_order_of_the_seats() -> None:
    seated = plan(*(Guardian(name=name, duty="evidence") for name in "210"))
    said = judge(seated, votes("approve", "reject", "abstain", "approve"))
    assert [vote.guardian for vote in said.votes] == ["2", "1", "0", "3"]


def test_a_veto_rejects_whatever_the_others_say() -> None:
    vetoing = plan(Guardian(name="0", duty="evidence", veto=True), quorum=1.0)
    said = judge(vetoing, votes("reject", "approve", "approve", "abstain"))
    assert (said.outcome, said.reason) == ("rejected", "vetoed by 0")
    assert judge(vetoing, votes("abstain", "approve")).outcome == "undecided"


def test_approvals_must_exceed_the_share_that_the_plan_asks_for() -> None:
    strict = plan(approval=0.7)
    assert judge(strict, votes("approve", "approve", "reject")).outcome == "rejected"
    assert judge(strict, votes("approve", "approve", "approve", "reject")).outcome == "approved"


def test_below_the_quorum_nothing_is_decided() -> None:
    assert judge(plan(quorum=0.5), votes("approve", "abstain", "abstain")).outcome == "undecided"
    assert judge(plan(quorum=0.5), votes("approve", "abstain")).outcome == "approved"


def test_an_approved_draft_is_not_repaired() -> None:
    assert following(plan(rejection="repair"), concluded("approve", passes=2)) is None


def test_a_rejected_draft_is_repaired_once_and_voted_on_again() -> None:
    repairing = plan(rejection="repair")
    assert [following(repairing, concluded("reject", passes=number)) for number in range(5)] == [
        1,
        2,
        3,
        4,
        None,
    ]


def test_a_rejection_that_stops_lets_no_pass_follow() -> None:
    assert following(plan(rejection=Rejection.STOP), concluded("reject", passes=2)) is None
