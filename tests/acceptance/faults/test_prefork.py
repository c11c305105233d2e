"""A pool of processes: its children die, hang, and are told to stop by their parent."""

import os
import signal
from pathlib import Path

import psutil
import pytest

from tests.acceptance.faults.account import account
from tests.acceptance.faults.plain import plain_trial
from tests.acceptance.faults.trial import Trial
from tests.acceptance.faults.victims import holders, kill
from tests.acceptance.faults.waiting import wait_until
from tests.acceptance.stack_helpers import ended


def holder(trial: Trial, run_id: str) -> int:
    """The child that works on the run's only brief."""
    wait_until(lambda: holders(trial, run_id), "a child is at work")
    return holders(trial, run_id)[0]


def test_a_pool_child_may_be_killed(tmp_path: Path) -> None:
    with plain_trial(tmp_path, "prefork") as (trial, _):
        mains = {node.pid for node in trial.store.nodes.alive()}
        run_id = trial.start(6, 3)
        for moment in ("working", "answered", "reported"):
            trial.control.arm(moment)
            child = trial.control.reached(moment)
            assert child not in mains
            kill(child)
        trial.wait_for_end(run_id)
        assert account(trial, run_id).holds


def test_the_children_of_a_worker_told_to_stop_give_their_briefs_back_at_once(tmp_path: Path) -> None:
    with plain_trial(tmp_path, "prefork", lease=120, shutdown_grace=0.2) as (trial, _):
        trial.control.mode("1.1", "slow")
        run_id = trial.start(1)
        os.kill(psutil.Process(holder(trial, run_id)).ppid(), signal.SIGTERM)
        trial.wait_for_end(run_id)
        counted = account(trial, run_id)
        assert counted.holds, counted
        assert counted.failed == 0, counted


@pytest.mark.long
def test_a_child_in_which_an_engine_hangs_is_replaced(tmp_path: Path) -> None:
    with plain_trial(tmp_path, "prefork", brief_deadline=4) as (trial, _):
        trial.control.mode("1.1", "deaf")
        run_id = trial.start(1)
        hung = holder(trial, run_id)
        parent = psutil.Process(hung).parent()
        assert parent is not None
        children = len(parent.children())
        trial.wait_for_end(run_id)
        assert account(trial, run_id).holds
        wait_until(lambda: ended(hung) and len(parent.children()) == children, "the child is replaced")
        assert trial.events(run_id, "worker.hung")
