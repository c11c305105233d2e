import pytest

from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Kind
from tests.unit.extractive.briefs import brief_of
from tests.unit.strategies.samples import CITED, QUESTION, finding
from workers.strategies.older import aged, closest_older, revived

BRIEF = brief_of(QUESTION, angle="how the purge takes its lock")
SAME = brief_of(QUESTION, angle="the lock that the purge takes")


def test_the_latest_finding_of_a_brief_that_asked_the_same_is_taken() -> None:
    early, late = finding("Early.", reported_at=100.0), finding("Late.", reported_at=200.0)
    assert closest_older(BRIEF, [(SAME, early), (SAME, late)]) == late


@pytest.mark.parametrize(
    "other",
    [
        brief_of("Who approved the budget?", angle=BRIEF.angle),
        brief_of(QUESTION, angle="what the audit log holds"),
        brief_of(QUESTION, Role.CONFRONT, angle=BRIEF.angle),
    ],
)
def test_another_question_angle_or_role_is_not_the_same(other: object) -> None:
    assert closest_older(BRIEF, [(other, finding("So."))]) is None  # type: ignore[list-item]


def test_what_found_nothing_is_no_help() -> None:
    assert closest_older(BRIEF, [(SAME, finding("Nothing.", kind=Kind.GAP))]) is None


def test_an_older_finding_says_its_age_and_costs_nothing_again() -> None:
    again = revived(finding("So it is.", input_tokens=10, cost_usd=1.0), 7_300.0)
    assert again.summary == "Found 2 hours ago in run_0: So it is."
    assert (again.input_tokens, again.cost_usd, again.citations) == (0, 0.0, (CITED,))


@pytest.mark.parametrize(
    ("seconds", "told"), [(9, "9 seconds"), (150, "2 minutes"), (7_200, "2 hours"), (864_000, "10 days")]
)
def test_an_age_is_told_in_the_largest_unit_of_which_there_are_two(seconds: float, told: str) -> None:
    assert aged(seconds) == told
