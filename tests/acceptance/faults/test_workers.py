"""What workers do to their briefs: stop, hang, die of them, come back too late."""

import os
import signal
from collections.abc import Iterator

import pytest

from swarm_app.contracts.nodes import Node
from swarm_app.contracts.research import Finding, Kind
from tests.acceptance.faults.account import account
from tests.acceptance.faults.trial import Trial, trial
from tests.acceptance.faults.victims import holders
from tests.acceptance.faults.waiting import wait_until


@pytest.fixture(scope="module")
def disturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    with trial(tmp_path_factory.mktemp("workers"), brief_deadline=4, concurrency=6) as made:
        yield made


def finding(disturbed: Trial, run_id: str, place: str) -> Finding:
    found = disturbed.store.runs.findings(run_id)
    return next(each for each in found if each.brief_id == f"{run_id}.{place}")


def workers(disturbed: Trial) -> list[Node]:
    return [node for node in disturbed.store.nodes.alive() if node.kind == "worker"]


def started(disturbed: Trial) -> dict[str, float]:
    return {node.name: node.started_at for node in workers(disturbed)}


def test_a_brief_that_kills_every_worker_is_a_failed_finding_with_the_reason(disturbed: Trial) -> None:
    disturbed.control.mode("1.2", "poison")
    run_id = disturbed.start(4, 2)
    disturbed.wait_for_end(run_id)
    disturbed.control.mode("1.2", "work")
    assert account(disturbed, run_id).holds
    assert finding(disturbed, run_id, "1.2").kind is Kind.FAILED
    assert "each time its worker was lost" in finding(disturbed, run_id, "1.2").summary
    deaths = [each for each in disturbed.control.executions() if each.brief == f"{run_id}.1.2"]
    assert len(deaths) == disturbed.settings.attempts


@pytest.mark.long
def test_a_brief_that_kills_its_workers_takes_no_other_with_it(disturbed: Trial) -> None:
    disturbed.control.mode("1.2", "poison")
    run_id = disturbed.start(6)
    disturbed.wait_for_end(run_id)
    disturbed.control.mode("1.2", "work")
    counted = account(disturbed, run_id)
    assert counted.holds, counted
    assert counted.failed == 1, counted


def test_an_engine_that_heeds_its_deadline_ends_there(disturbed: Trial) -> None:
    disturbed.control.mode("1.1", "hang")
    run_id = disturbed.start(3)
    disturbed.wait_for_end(run_id)
    disturbed.control.mode("1.1", "work")
    assert account(disturbed, run_id).holds
    assert "deadline" in finding(disturbed, run_id, "1.1").summary
    assert all(node.lost == 0 for node in workers(disturbed))


def test_a_worker_in_which_an_engine_hangs_says_so_and_starts_anew(disturbed: Trial) -> None:
    wait_until(lambda: len(workers(disturbed)) == 2, "both workers are alive")
    before = started(disturbed)
    disturbed.control.mode("1.1", "deaf")
    run_id = disturbed.start(3)
    disturbed.wait_for_end(run_id)
    disturbed.control.mode("1.1", "work")
    assert account(disturbed, run_id).holds
    assert finding(disturbed, run_id, "1.1").kind is Kind.FAILED
    wait_until(lambda: len(started(disturbed).items() - before.items()) == 1, "one worker starts anew")
    assert disturbed.events(run_id, "worker.hung")
    wait_until(lambda: not any(node.lost for node in workers(disturbed)), "no slot is lost any more")


def test_a_straggler_is_given_to_a_second_worker_and_reported_once(disturbed: Trial) -> None:
    disturbed.control.mode("1.1", "slow")
    run_id = disturbed.start(6)
    progress = disturbed.wait_for_end(run_id)
    assert account(disturbed, run_id).holds
    assert progress.hedged == 1
    assert finding(disturbed, run_id, "1.1").kind is Kind.CLAIM


def test_a_worker_that_comes_back_when_its_briefs_were_given_to_others_doubles_nothing(
    disturbed: Trial,
) -> None:
    run_id = disturbed.start(6, 2)
    wait_until(lambda: holders(disturbed, run_id), "a worker is at work")
    stopped = holders(disturbed, run_id)[0]
    os.kill(stopped, signal.SIGSTOP)
    try:
        disturbed.wait_for_end(run_id)
    finally:
        os.kill(stopped, signal.SIGCONT)
    wait_until(lambda: not disturbed.control.at_work(run_id), "its executions end")
    assert account(disturbed, run_id).holds


def test_a_revoked_brief_is_a_failed_finding_and_its_pass_goes_on(disturbed: Trial) -> None:
    run_id = disturbed.start(30)
    with disturbed.control.hold():
        disturbed.installation.celery("control", "revoke", f"{run_id}.1.30")
    disturbed.wait_for_end(run_id)
    assert account(disturbed, run_id).holds
    assert "revoked" in finding(disturbed, run_id, "1.30").summary
    assert f"{run_id}.1.30" not in {each.brief for each in disturbed.control.executions()}
