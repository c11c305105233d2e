"""Whoever dies while a brief is blocked, at whatever moment: it is helped all the same, and reported once."""

from collections.abc import Iterator

import pytest

from swarm_app.contracts.help import Outcome
from swarm_app.contracts.research import Finding
from tests.acceptance.faults.account import account
from tests.acceptance.faults.trial import QUICK, Trial, trial
from tests.acceptance.faults.victims import kill

# Where the blocked worker, its helper, or who resumes the brief stands still (engines/sitecustomize.py).
MOMENTS = {
    "blocking": "before the blocker is stored",
    "blocked": "when it is stored, and nobody was asked",
    "offered": "when assists are stored, and none is sent",
    "asked": "when they count as sent, and none is",
    "helping": "with an assist in hand",
    "solving": "before a solution is stored",
    "solved": "when it is stored, and the brief is not sent",
    "resuming": "when the brief is sent again",
    "settling": "with the solution in hand, and nothing reported",
}
# Those that are come by one after another, although whoever came by the one before has died there.
IN_A_ROW = ["blocked", "offered", "asked", "helping", "solving", "settling"]


@pytest.fixture(scope="module")
def disturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    with trial(tmp_path_factory.mktemp("assists"), QUICK, attempts=20) as made:
        yield made


def suffer(disturbed: Trial, moments: list[str], table: list[str]) -> Finding:
    """A run whose second brief is blocked, and whose processes are killed at these moments; its finding."""
    disturbed.control.mode("1.2", "blocked")
    for moment in moments:
        disturbed.control.arm(moment)
    run_id = disturbed.start(4, 2)
    faults = [kill(disturbed.control.reached(moment)) for moment in moments]
    progress = disturbed.wait_for_end(run_id, 90)
    disturbed.control.mode("1.2", "work")
    counted = account(disturbed, run_id, faults)
    table.append(counted.row(f"a brief is blocked: {', '.join(moments)}"))
    assert counted.holds, counted
    assert (progress.blocked, progress.solved, progress.escalated) == (1, 1, 0)
    found = disturbed.store.runs.findings(run_id)
    return next(each for each in found if each.brief_id == f"{run_id}.1.2")


def test_a_helper_that_dies_with_the_solution_in_hand_costs_time_only_and_is_counted(
    disturbed: Trial, table: list[str]
) -> None:
    finding = suffer(disturbed, ["solving", "solved"], table)
    assert finding.helped is not None
    assert finding.helped.outcome is Outcome.SOLVED
    (unused,) = disturbed.store.assists.unused(finding.run_id).values()
    assert unused.assists == 1
    assert unused.input_tokens > 0


@pytest.mark.long
@pytest.mark.parametrize("moment", MOMENTS)
def test_whoever_dies_at_a_moment_of_an_assist_costs_time_only(
    disturbed: Trial, moment: str, table: list[str]
) -> None:
    helped = suffer(disturbed, [moment], table).helped
    assert helped is not None
    assert helped.outcome is Outcome.SOLVED


@pytest.mark.long
def test_killers_at_every_moment_of_one_assist_cost_time_only(disturbed: Trial, table: list[str]) -> None:
    helped = suffer(disturbed, IN_A_ROW, table).helped
    assert helped is not None
    assert helped.outcome is Outcome.SOLVED
