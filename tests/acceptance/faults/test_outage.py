"""The server out of reach in the middle of a pass: nobody exits, and the run goes on when it is back."""

import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from swarm_app.settings import Settings
from tests.acceptance.faults.account import account
from tests.acceptance.faults.plain import plain_trial
from tests.acceptance.faults.proxy import Proxy
from tests.acceptance.faults.trial import Trial
from tests.acceptance.faults.victims import Fault
from tests.acceptance.faults.waiting import wait_until

OUTAGES = {
    "cut": (Proxy.cut, Proxy.restore),
    "frozen": (Proxy.freeze, Proxy.restore),
    "forgotten": (Proxy.freeze, Proxy.forget),
}

UNHURRIED = {name: Settings.model_fields[name].default for name in ("lease", "recovery_interval")}


@pytest.fixture
def disturbed(tmp_path: Path) -> Iterator[tuple[Trial, Proxy]]:
    with plain_trial(tmp_path) as made:
        yield made


def suffer(trial: Trial, proxy: Proxy, kind: str, seconds: float) -> None:
    """An outage in the first pass of a run; everybody survives it, and so does every finding."""
    begin, end = OUTAGES[kind]
    alive = {node.name: node.pid for node in trial.store.nodes.alive()}
    run_id = trial.start(10, 3)
    wait_until(lambda: trial.reported(run_id), "the first brief is reported")
    begin(proxy)
    time.sleep(seconds)  # the outage itself, not a wait for anything
    end(proxy)
    trial.wait_for_end(run_id, 120)
    counted = account(trial, run_id)
    assert counted.holds, counted
    assert counted.executed == counted.briefs, "what a worker that lives has in hand is not paid for again"
    assert [event.data["reason"] for event in trial.events(run_id, "brief.failed")] == []
    assert all(psutil.pid_exists(pid) for pid in alive.values())
    wait_until(lambda: {node.name: node.pid for node in trial.store.nodes.alive()} == alive, "all are back")


def test_a_short_outage_is_sat_out(disturbed: tuple[Trial, Proxy]) -> None:
    suffer(*disturbed, "cut", 4.0)


@pytest.mark.parametrize("pool", ["threads", pytest.param("prefork", marks=pytest.mark.long)])
def test_connections_dropped_without_a_word_are_given_up_soon(
    tmp_path: Path, pool: str, table: list[str]
) -> None:
    with plain_trial(tmp_path, pool, **UNHURRIED) as (trial, proxy):
        run_id = trial.start(12, 12, 3)
        wait_until(lambda: trial.reported(run_id), "the first brief is reported")
        proxy.freeze()
        dropped = time.time()
        proxy.forget()
        trial.wait_for_end(run_id, 45)
        counted = account(trial, run_id, [Fault(dropped, frozenset())])
        table.append(counted.row(f"{pool}: connections dropped, ended {time.time() - dropped:.0f} s later"))
        assert counted.holds, counted


@pytest.mark.long
@pytest.mark.parametrize("kind", OUTAGES)
def test_an_outage_of_more_than_a_minute_is_sat_out(disturbed: tuple[Trial, Proxy], kind: str) -> None:
    suffer(*disturbed, kind, 70.0)
