"""Two replicas of one shard: either may be killed, the one that drives or looks after the runs included."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.acceptance.faults.account import account
from tests.acceptance.faults.replicas import Replicas, replicas
from tests.acceptance.faults.test_matrix import MOMENTS
from tests.acceptance.faults.trial import QUICK, Trial, trial
from tests.acceptance.faults.victims import Fault, kill

# Who is killed while a process of a worker stands still.
CHOSEN = {"working": Replicas.elected, "answered": Replicas.oldest, "reported": Replicas.elected}


@pytest.fixture
def disturbed(tmp_path: Path) -> Iterator[Trial]:
    with trial(tmp_path, QUICK, attempts=100) as made:
        yield made


def kill_one(disturbed: Trial, both: Replicas, moment: str, following: str) -> Fault:
    """Kill the replica that drives the run at this moment; while a worker is at it, the one chosen."""
    standing = disturbed.control.reached(moment)
    pid = CHOSEN[moment](both).pid if moment in CHOSEN else standing
    with disturbed.control.hold():  # or the other one would end the run meanwhile
        fault = kill(pid)
        disturbed.control.go_on(moment)
        both.revive(pid)
        disturbed.control.arm(following)
    return fault


def suffer(disturbed: Trial, moments: list[str], table: list[str]) -> None:
    """A run with a pass for each moment; both replicas that it began with are killed in it."""
    with replicas(disturbed) as both:
        first = {node.pid for node in both.both()}
        disturbed.control.arm(moments[0])
        run_id = disturbed.start(*[3] * (len(moments) + 1))
        faults = [kill_one(disturbed, both, *pair) for pair in pairwise([*moments, "never"])]
        disturbed.wait_for_end(run_id)
        counted = account(disturbed, run_id, faults)
        table.append(counted.row("one of two replicas"))
        assert counted.exact, counted
        assert not first & {node.pid for node in both.both()}, "one was never killed"


def test_either_of_two_replicas_may_die(disturbed: Trial, table: list[str]) -> None:
    suffer(disturbed, ["working", "answered"], table)


@pytest.mark.long
def test_either_of_two_replicas_may_die_at_every_moment(disturbed: Trial, table: list[str]) -> None:
    suffer(disturbed, MOMENTS, table)
