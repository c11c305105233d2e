"""Rolling restarts: told to stop one after the other, processes give back what they have at once."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from swarm_app.contracts.nodes import Node
from tests.acceptance.faults.account import Account, account
from tests.acceptance.faults.replicas import replicas
from tests.acceptance.faults.story import Story
from tests.acceptance.faults.trial import Trial, trial
from tests.acceptance.faults.waiting import wait_until

LEASE = 120  # seconds: nobody here has the time to wait for one


@pytest.fixture
def patient(tmp_path: Path) -> Iterator[Trial]:
    with trial(tmp_path, lease=LEASE, shutdown_grace=0.2) as made:
        yield made


def workers(patient: Trial) -> list[Node]:
    return [node for node in patient.store.nodes.alive() if node.kind == "worker"]


def restart(patient: Trial, run_id: str, node: Node) -> None:
    """Tell a worker to stop while it has a brief, and wait until a new process has its place."""
    wait_until(lambda: node.pid in {each.pid for each in patient.control.at_work(run_id)}, "it is at work")
    os.kill(node.pid, signal.SIGTERM)
    wait_until(
        lambda: any(each.name == node.name and each.pid != node.pid for each in workers(patient)),
        f"{node.name} is back",
    )


def waited_for_no_lease(patient: Trial, run_id: str) -> Account:
    """The run ends long before a lease does, and every brief given back was claimed by another at once."""
    patient.wait_for_end(run_id, LEASE / 2)
    story, counted = Story(patient.events(run_id)), account(patient, run_id)
    assert counted.exact, counted
    assert counted.failed == 0, counted
    assert not patient.events(run_id, "brief.lost")
    assert all((brief, attempt + 1) in story.claims for brief, attempt in story.returned)
    return counted


def test_workers_restarted_one_after_the_other_give_their_briefs_back_at_once(patient: Trial) -> None:
    run_id = patient.start(30, 4)
    wait_until(lambda: len(workers(patient)) == 2, "both workers are alive")
    for node in workers(patient):
        restart(patient, run_id, node)
    counted = waited_for_no_lease(patient, run_id)
    assert counted.unfinished, "none was in the middle of a brief"
    assert Story(patient.events(run_id)).returned


@pytest.mark.long
def test_replicas_of_a_shard_restarted_one_after_the_other_hold_nothing_up(patient: Trial) -> None:
    with replicas(patient) as both:
        run_id = patient.start(8, 8, 8, 4)
        for node in both.both():
            os.kill(node.pid, signal.SIGTERM)
            both.revive(node.pid)
        assert not patient.progress(run_id).state.ended, "the run was to be at work meanwhile"
        waited_for_no_lease(patient, run_id)
