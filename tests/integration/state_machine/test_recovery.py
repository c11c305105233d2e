from collections.abc import Iterator

import pytest

from swarm_app.contracts.ids import new_run_id
from swarm_app.contracts.run import Run, RunState
from swarm_app.keys import Keys
from swarm_app.settings import current
from tasks.recovery import look_after_runs
from tests.integration.state_machine.installation import Installation, spec


@pytest.fixture
def runs(installation: Installation) -> Iterator[tuple[Run, Run]]:
    """Two that are queued, in the order of their ids; the messages that start them are lost."""
    first, second = sorted(new_run_id() for _ in range(2))
    yield _queued(installation, first), _queued(installation, second)
    installation.clear()


def _queued(installation: Installation, run_id: str) -> Run:
    run = installation.run(spec(1), run_id=run_id)
    installation.store.runs.create(run)
    return run


def test_runs_whose_start_was_lost_are_started(installation: Installation, runs: tuple[Run, Run]) -> None:
    installation.clock.pass_by(current().recovery_interval + 1)
    look_after_runs()
    assert [installation.store.runs.progress(run.run_id).state for run in runs] == [RunState.RUNNING] * 2


def test_a_run_that_was_just_queued_is_left_to_its_message(
    installation: Installation, runs: tuple[Run, Run]
) -> None:
    look_after_runs()
    assert [installation.store.runs.progress(run.run_id).state for run in runs] == [RunState.QUEUED] * 2


def test_a_run_that_cannot_be_read_keeps_no_other_waiting(
    installation: Installation, runs: tuple[Run, Run]
) -> None:
    unreadable, other = runs
    installation.store.client.set(Keys(current().namespace).run(unreadable.run_id), "{")
    installation.clock.pass_by(current().recovery_interval + 1)
    look_after_runs()
    assert installation.store.runs.progress(other.run_id).state is RunState.RUNNING
