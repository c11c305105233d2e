"""Five of forty briefs are blocked, and whoever takes their assists is killed, at every step of one."""

from collections import Counter
from collections.abc import Iterator
from statistics import median
from typing import Any

import pytest

from tests.acceptance.assist.crowd import FIVE, Crowd, crowd, helped, waits
from tests.acceptance.faults.control import Control
from tests.acceptance.faults.efforts import Efforts
from tests.acceptance.faults.helpers import Helpers, helpers

# Where a helper stands still (engines/sitecustomize.py), in the order in which it comes by.
MOMENTS = {
    "taking": "with the message, and nothing claimed",
    "helping": "with an assist claimed, and nothing done",
    "extracting": "in the middle of it, with what its engine said",
    "solving": "before the solution is stored",
    "solved": "when it is stored, and the brief is not sent",
    "resuming": "when the brief is sent, and the message is not acknowledged",
    "acknowledging": "when all is done, but for the acknowledgement",
    "failing": "before it is stored that there is no solution",
    "failed": "when that is stored, and nobody else was asked",
}
HELPERS = 2
BRIEFS = 41  # the second pass's one names an engine that is asked for help first, and fails

PLAN = """
name = "crowd"
summary = "Forty briefs, and an engine that is no help."
[[passes]]
name = "Forty"
role = "signal"
workers = 40
[[passes]]
name = "One"
role = "signal"
workers = 1
engine = "helpless"
"""


@pytest.fixture(scope="module")
def control(tmp_path_factory: pytest.TempPathFactory) -> Control:
    return Control(tmp_path_factory.mktemp("control") / "control")


@pytest.fixture(scope="module")
def forty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    """Two worker processes that do briefs alone: plain Celery tells them to take no assists."""
    quick = {"lease": 3, "recovery_interval": 0.5, "attempts": 20, "assist_deadline": 280}
    with crowd(tmp_path_factory.mktemp("forty"), worker_processes=2, concurrency=4, **quick) as made:
        made.run({}, workers=2)
        cancelled = made.installation.celery("control", "cancel_consumer", "assist")
        assert cancelled.stdout.count("no longer consuming from assist") >= 2, cancelled
        yield made


@pytest.fixture(scope="module")
def peers(forty: Crowd, control: Control) -> Iterator[Helpers]:
    with helpers(forty.installation, control, HELPERS) as made:
        yield made


def suffer(forty: Crowd, control: Control, peers: Helpers, moments: list[str]) -> dict[str, Any]:
    """The report of a run whose helpers are killed at these moments."""
    for moment in moments:
        control.arm(moment)
    plan = forty.folder / "forty.toml"
    plan.write_text(PLAN)
    run_id = forty.begin(FIVE, plan, "--elsewhere")
    peers.killed_at(moments)
    return forty.end(run_id)


def costs_time_only(forty: Crowd, report: dict[str, Any], kills: int) -> str:
    """Check that nothing was lost, doubled, or done again that had answered; the times, for a person."""
    events = forty.events(report["run_id"])
    efforts, counts = Efforts(events), report["executions"]
    assert report["state"] == "done"
    assert [passed["reported"] for passed in report["passes"]] == [40, 1]
    assert set(Counter(each["finding_id"] for each in report["findings"]).values()) == {1}
    assert len(report["findings"]) == BRIEFS
    found = helped(report)
    assert {number: each["helped"]["obstacle"] for number, each in found.items()} == FIVE
    assert {each["helped"]["outcome"] for each in found.values()} == {"solved"}
    assert all(by.startswith("helper-") for each in found.values() for by in each["helped"]["by"])
    assert all(citation["verdict"] == "verified" for each in found.values() for citation in each["citations"])
    assert (counts["blocked"], counts["solved"], counts["escalated"]) == (5, 5, 0)
    assert counts["executed"] - counts["hedged"] == BRIEFS + len(FIVE)
    assert (counts["resumed"], counts["redelivered"], counts["discarded"]) == (5, 0, 0)
    assert efforts.outcomes == {(1, int(number)): 1 for number in FIVE}
    assert not efforts.after_the_answer
    assert efforts.claimed_again <= kills
    seconds = waits(events)
    return f"from blocker to resumption: median {median(seconds):.2f} s, longest {max(seconds):.2f} s"


@pytest.mark.long
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_helper_that_dies_at_a_step_of_an_assist_costs_time_only(
    forty: Crowd, control: Control, peers: Helpers, moment: str, figures: list[str]
) -> None:
    report = suffer(forty, control, peers, [moment])
    figures.append(f"forty, one helper killed {MOMENTS[moment]}, {costs_time_only(forty, report, 1)}")


@pytest.mark.long
def test_helpers_killed_at_every_step_of_one_runs_assists_cost_time_only(
    forty: Crowd, control: Control, peers: Helpers, figures: list[str]
) -> None:
    report = suffer(forty, control, peers, list(MOMENTS))
    told = costs_time_only(forty, report, len(MOMENTS))
    figures.append(f"forty, helpers killed at all {len(MOMENTS)} steps, {told}")
