"""Kills at random: whatever dies, and however often, nothing finished is lost or done twice."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.faults.account import Account, account
from tests.acceptance.faults.schedule import carry_out, schedule
from tests.acceptance.faults.trial import Trial, trial

_REPLAYED = os.environ.get("SWARM_FAULTS_SEED")
_SEEDS = [int(_REPLAYED)] if _REPLAYED else [1, 2, 3, 4, 5]


@pytest.fixture
def disturbed(tmp_path: Path) -> Iterator[Trial]:
    with trial(tmp_path, worker_processes=3, attempts=100) as made:
        yield made


def suffer(disturbed: Trial, seed: int, kills: int, workers: list[int], table: list[str]) -> Account:
    """Start a run, kill by a schedule, wait for the end, and add to the table."""
    run_id = disturbed.start(*workers)
    faults = carry_out(disturbed, run_id, schedule(seed, kills, sum(workers)))
    disturbed.wait_for_end(run_id, 120)
    counted = account(disturbed, run_id, faults)
    table.append(counted.row(f"seed {seed}"))
    return counted


@pytest.mark.long
def test_ten_kills_at_random_lose_nothing_and_repeat_nothing(disturbed: Trial, table: list[str]) -> None:
    counted = suffer(disturbed, 11, 10, [8, 8, 8, 6], table)
    assert counted.exact, counted


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", _SEEDS)
def test_fifty_kills_at_random_lose_nothing_and_repeat_nothing(
    disturbed: Trial, seed: int, table: list[str]
) -> None:
    counted = suffer(disturbed, seed, 50, [20] * 6, table)
    assert counted.exact, counted
