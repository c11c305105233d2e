"""A server without room, in its memory or on its disk: everybody says so and waits, and then it goes on."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from swarm_app.contracts.run import BriefState
from tests.acceptance.faults.account import account
from tests.acceptance.faults.trial import Trial, trial
from tests.acceptance.faults.waiting import wait_until

LEASE = 60  # seconds: longer than the server is full, since nobody can renew one meanwhile


@pytest.fixture
def patient(tmp_path: Path) -> Iterator[Trial]:
    with trial(tmp_path, lease=LEASE, brief_deadline=120) as made:
        yield made


def started(patient: Trial) -> str:
    """A run with a brief reported and others under way."""
    run_id = patient.start(12, 3)
    wait_until(lambda: patient.reported(run_id), "the first brief is reported")
    return run_id


def answer_waits(patient: Trial, run_id: str, reported: int) -> None:
    """Wait until engines have answered more than was reported; the server is not asked."""

    def answered() -> int:
        return sum(each.ended is not None for each in patient.control.executions() if run_id in each.brief)

    wait_until(lambda: answered() > reported, "a worker has an answer that it cannot store")


def nothing_is_half_written(patient: Trial, run_id: str) -> None:
    """Findings, briefs, events and the pass's own count agree on what is reported."""
    store = patient.store
    reported = {finding.brief_id for finding in store.runs.findings(run_id)}
    standings = store.briefs.standings([f"{run_id}.1.{number}" for number in range(1, 13)])
    assert {each.brief_id for each in standings if each.state is BriefState.REPORTED} == reported
    assert len(patient.events(run_id, "brief.reported")) == len(reported)
    assert store.passes.standings(run_id)[0].reported == len(reported)


def goes_on(patient: Trial, run_id: str) -> None:
    """The run ends, and no answer that a worker had was thrown away."""
    patient.wait_for_end(run_id, 60)
    counted = account(patient, run_id)
    assert counted.exact, counted
    assert (counted.unfinished, counted.failed) == (0, 0), counted


def said_by(patient: Trial, command: str) -> str:
    """What a reader says, on whichever stream."""
    ended = patient.installation.swarm(command)
    return ended.stdout + ended.stderr


# Memory


def refused(patient: Trial) -> int:
    """How many writes the server has refused, by its own count."""
    return int(patient.store.client.info("errorstats").get("errorstat_OOM", {}).get("count", 0))


def test_a_run_waits_while_the_server_has_no_memory_left(patient: Trial) -> None:
    run_id = started(patient)
    client = patient.store.client
    client.config_set("maxmemory", 1)
    wait_until(lambda: refused(patient), "the server refuses a write")
    answer_waits(patient, run_id, patient.reported(run_id))
    for command in ("status", "doctor"):
        assert "the server refuses to store more" in said_by(patient, command)
    nothing_is_half_written(patient, run_id)
    assert not patient.progress(run_id).state.ended
    client.config_set("maxmemory", 0)
    goes_on(patient, run_id)


# Disk


@contextmanager
def small_disk(size: str) -> Iterator[Path]:
    """A file system of its own; only root may mount one."""
    directory = Path(tempfile.mkdtemp(prefix="sw"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", directory], capture_output=True, check=False
    )
    try:
        if mounted.returncode:
            pytest.skip(f"a small file system cannot be mounted: {mounted.stderr.decode().strip()}")
        yield directory
    finally:
        subprocess.run(["umount", "--lazy", directory], capture_output=True, check=False)
        directory.rmdir()


def fill(disk: Path) -> Path:
    """Leave no byte on a disk; the file that takes it all."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(b"\0" * size) == size:
                    pass
            except OSError:
                continue
    return ballast


@pytest.mark.long
def test_a_run_waits_while_the_disk_of_the_server_is_full(tmp_path: Path) -> None:
    with (
        small_disk("40m") as disk,
        trial(tmp_path, lease=LEASE, state_dir=disk) as patient,
    ):
        run_id = started(patient)
        reported, ballast = patient.reported(run_id), fill(disk)
        answer_waits(patient, run_id, reported)
        for command in ("status", "doctor"):
            assert "Make room" in said_by(patient, command)
        ballast.unlink()
        nothing_is_half_written(patient, run_id)
        goes_on(patient, run_id)
