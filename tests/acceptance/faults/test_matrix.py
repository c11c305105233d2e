"""Each process, killed at each moment of a pass: the run ends by itself, with every finding once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.faults.account import account
from tests.acceptance.faults.trial import QUICK, Trial, trial
from tests.acceptance.faults.victims import VICTIMS, Fault, kill

# Where a process stands still (see engines/sitecustomize.py) when the victim is killed.
SHARDS_MOMENTS = {
    "half-stored": "while the briefs of a pass are stored",
    "storing": "when they are stored and the pass is not open",
    "sending": "while a pass is sent out",
    "concluding": "between the last report and the synthesis",
    "synthesising": "during the synthesis",
    "concluded": "between two passes",
}
WORKERS_MOMENTS = {
    "working": "while a brief runs",
    "answered": "before a report is stored",
    "reported": "between a report and its acknowledgement",
}
MOMENTS = [*SHARDS_MOMENTS, *WORKERS_MOMENTS]


@pytest.fixture
def disturbed(tmp_path: Path) -> Iterator[Trial]:
    with trial(tmp_path, QUICK, attempts=100) as made:
        yield made


def kill_at(disturbed: Trial, moment: str, victim: str) -> Fault:
    """Kill the victim while a process stands still at the moment."""
    disturbed.control.arm(moment)
    standing = disturbed.control.reached(moment)
    pids = VICTIMS[victim](disturbed)
    fault = kill(*([standing] if standing in pids and victim != "everything" else pids))
    disturbed.control.go_on(moment)
    return fault


def suffer(disturbed: Trial, victim: str, moments: list[str], table: list[str]) -> None:
    """One run, a pass for each moment and one more, with the victim killed in each; nothing is lost."""
    disturbed.control.arm(moments[0])
    run_id = disturbed.start(*[3] * (len(moments) + 1))
    faults = [kill_at(disturbed, moment, victim) for moment in moments]
    disturbed.wait_for_end(run_id, 60)
    counted = account(disturbed, run_id, faults)
    table.append(counted.row(victim))
    assert counted.exact, counted


@pytest.mark.parametrize(
    ("victim", "moments"),
    [
        ("worker", ["working", "reported"]),
        ("server", ["sending", "concluding"]),
        ("everything", ["answered", "concluded"]),
    ],
)
def test_a_process_may_die_at_some_moments(
    disturbed: Trial, victim: str, moments: list[str], table: list[str]
) -> None:
    suffer(disturbed, victim, moments, table)


@pytest.mark.long
@pytest.mark.parametrize("victim", VICTIMS)
def test_a_process_may_die_at_every_moment(disturbed: Trial, victim: str, table: list[str]) -> None:
    suffer(disturbed, victim, MOMENTS, table)


@pytest.mark.long
@pytest.mark.parametrize("moment", MOMENTS)
def test_the_command_that_asked_may_die_at_every_moment(disturbed: Trial, moment: str) -> None:
    disturbed.control.arm(moment)
    with disturbed.installation.process("swarm", *disturbed.command(disturbed.plan(3, 2))) as asked:
        disturbed.control.reached(moment)
        kill(asked.pid)
        asked.wait()
        disturbed.control.go_on(moment)
    (run_id,) = disturbed.store.runs.latest()
    disturbed.wait_for_end(run_id)
    assert account(disturbed, run_id).holds
