"""A deadline and a cap on briefs hold when processes die, and a run that reached them can be resumed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from swarm_app.contracts.run import Progress, RunState
from tests.acceptance.faults.account import Account, account
from tests.acceptance.faults.trial import QUICK, Trial, trial
from tests.acceptance.faults.victims import VICTIMS, Fault, kill

CAP = 8
WORKERS = (5, 5, 4)


@pytest.fixture
def disturbed(tmp_path: Path) -> Iterator[Trial]:
    with trial(tmp_path, QUICK, attempts=100) as made:
        yield made


def start(disturbed: Trial, *workers: int, options: tuple[str, ...]) -> str:
    """Start a run whose first worker in the middle of a brief stands still, however soon that is."""
    disturbed.control.arm("working")
    return disturbed.start(*workers, options=options)


def kill_two(disturbed: Trial) -> list[Fault]:
    """A worker in the middle of a brief, then the server before a report is stored."""
    standing = disturbed.control.reached("working")
    faults = [kill(standing)]
    disturbed.control.go_on("working")
    disturbed.control.arm("answered")
    disturbed.control.reached("answered")
    faults.append(kill(*VICTIMS["server"](disturbed)))
    disturbed.control.go_on("answered")
    return faults


def stopped(disturbed: Trial, run_id: str, reason: str) -> tuple[Progress, Account]:
    """Where a run stands that was stopped for a reason; its report says so, and has what was found."""
    progress = disturbed.wait_for_end(run_id)
    assert (progress.state, progress.stop_reason) == (RunState.STOPPED, reason)
    report = disturbed.installation.json("show", run_id)
    assert (report["state"], report["stop_reason"]) == ("stopped", reason)
    stored = [finding.finding_id for finding in disturbed.store.runs.findings(run_id)]
    assert stored
    assert [finding["finding_id"] for finding in report["findings"]] == stored
    assert "Partial report" in report["report"]["markdown"]
    return progress, account(disturbed, run_id)


def repeats_nothing(counted: Account) -> None:
    """Of what was stored: executions were a brief's first, or made up for one that was cut short."""
    assert (counted.again, counted.doubled) == (0, 0), counted
    assert counted.executed <= counted.briefs - counted.lost + counted.unfinished + counted.overtaken, counted


def test_a_cap_holds_when_a_worker_and_the_server_die(disturbed: Trial, table: list[str]) -> None:
    run_id = start(disturbed, *WORKERS, options=("--max-briefs", str(CAP)))
    faults = kill_two(disturbed)
    progress, counted = stopped(disturbed, run_id, "max_briefs")
    repeats_nothing(counted)
    assert counted.executed <= progress.executed == CAP
    table.append(account(disturbed, run_id, faults).row(f"a cap of {CAP}"))
    ended = disturbed.installation.swarm("resume", run_id)
    assert ended.returncode in {0, 3}, ended.stderr
    repeats_nothing(account(disturbed, run_id))
    assert CAP < disturbed.progress(run_id).executed <= 2 * CAP


@pytest.mark.long
def test_a_deadline_holds_when_a_worker_and_the_server_die(disturbed: Trial, table: list[str]) -> None:
    disturbed.wait_for_end(disturbed.start(1))  # everything is warm: the deadline counts from the question
    run_id = start(disturbed, *[5] * 40, options=("--deadline", "12s"))
    faults = kill_two(disturbed)
    _, counted = stopped(disturbed, run_id, "deadline")
    repeats_nothing(counted)
    table.append(account(disturbed, run_id, faults).row("a deadline of 12 s"))
    executed = disturbed.progress(run_id).executed
    ended = disturbed.installation.swarm("resume", run_id)
    assert ended.returncode in {0, 3}, ended.stderr
    repeats_nothing(account(disturbed, run_id))
    assert disturbed.progress(run_id).executed > executed
