from collections.abc import Sequence

import pytest

from swarm_app.contracts.plan import PassSpec, Role
from swarm_app.contracts.run import Progress, RunState
from swarm_app.store.briefs import Standing
from tasks.closing import at_work, enough, limit_reached
from tests.unit.tasks.standings import NOW, claimed, reported, waiting

GOING = Progress(run_id="run_a", state=RunState.RUNNING)
SPENT = GOING.model_copy(update={"executed": 3, "most_briefs": 3})


def spec(
    quorum: int | None = None, soft_deadline_s: float | None = None, deadline_s: float | None = None
) -> PassSpec:
    return PassSpec(
        name="Pass",
        role=Role.SIGNAL,
        workers=3,
        quorum=quorum,
        soft_deadline_s=soft_deadline_s,
        deadline_s=deadline_s,
    )


def closes(
    spec: PassSpec, standings: Sequence[Standing], *, age: float = 10.0, progress: Progress = GOING
) -> bool:
    return enough(spec, standings, progress, NOW - age, NOW)


def test_a_pass_closes_when_all_of_it_is_reported() -> None:
    assert closes(spec(), [reported(), reported()])


def test_a_pass_without_limits_waits_for_its_last_brief() -> None:
    assert not closes(spec(), [reported(), waiting()], age=1e6)


def test_a_quorum_is_not_enough_before_the_soft_deadline() -> None:
    assert not closes(spec(quorum=1, soft_deadline_s=60.0), [reported(), claimed()], age=59.0)


def test_a_quorum_is_enough_once_the_soft_deadline_has_passed() -> None:
    assert closes(spec(quorum=1, soft_deadline_s=60.0), [reported(), claimed()], age=60.0)


def test_a_quorum_without_a_soft_deadline_is_enough_at_once() -> None:
    assert closes(spec(quorum=1), [reported(), claimed()], age=0.0)


def test_fewer_than_the_quorum_are_not_enough() -> None:
    assert not closes(spec(quorum=2, soft_deadline_s=60.0), [reported(), claimed()], age=1e6)


def test_a_failed_report_makes_no_quorum() -> None:
    assert not closes(spec(quorum=2), [reported(), reported(failed=True), claimed()])


def test_a_pass_closes_when_all_of_it_has_failed_whatever_its_quorum() -> None:
    assert closes(spec(quorum=2), [reported(failed=True)] * 3)


def test_a_pass_closes_at_its_deadline_with_whatever_it_has() -> None:
    assert closes(spec(deadline_s=60.0), [waiting(), claimed()], age=60.0)


def test_before_its_deadline_a_pass_stays_open() -> None:
    assert not closes(spec(deadline_s=60.0), [reported(), claimed()], age=59.0)


def test_a_run_that_is_spent_waits_for_the_work_under_way() -> None:
    assert not closes(spec(), [reported(), claimed(), waiting()], progress=SPENT)


@pytest.mark.parametrize("left", [waiting(), claimed(lease=0.0)])
def test_a_run_that_is_spent_closes_its_pass_when_nobody_is_at_work(left: Standing) -> None:
    assert closes(spec(), [reported(), left], progress=SPENT)


def test_a_worker_is_at_work_while_its_lease_runs() -> None:
    assert at_work(claimed(lease=0.1), NOW)


@pytest.mark.parametrize("standing", [waiting(), reported(), claimed(lease=0.0)])
def test_nobody_is_at_a_brief_that_waits_is_reported_or_whose_lease_has_ended(standing: Standing) -> None:
    assert not at_work(standing, NOW)


def test_a_run_without_limits_reaches_none() -> None:
    assert limit_reached(GOING.model_copy(update={"executed": 10_000}), now=NOW) is None


@pytest.mark.parametrize(("now", "reason"), [(NOW - 0.1, None), (NOW, "deadline")])
def test_a_run_reaches_its_deadline(now: float, reason: str | None) -> None:
    assert limit_reached(GOING.model_copy(update={"ends_at": NOW}), now=now) == reason


@pytest.mark.parametrize(("executed", "reason"), [(2, None), (3, "max_briefs"), (4, "max_briefs")])
def test_a_run_reaches_its_cap_on_executed_briefs(executed: int, reason: str | None) -> None:
    assert limit_reached(SPENT.model_copy(update={"executed": executed}), now=NOW) == reason
