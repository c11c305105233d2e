import subprocess
import sys
from pathlib import Path

import pytest

from swarm_app.cli.deliver import deliver
from swarm_app.errors import OutputError
from tests.unit.report.sample import report

SWARM = f"{sys.executable} -m swarm_app.cli.main"


def shell(command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = [sys.executable, "-m", "swarm_app.cli.main", "plans"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("command", ["plans", "plans --json", "--version", "--help", "plans --help"])
def test_a_full_standard_output_is_one_line_and_status_1(command: str) -> None:
    ended = shell(f"{SWARM} {command} >/dev/full")
    assert ended.returncode == 1
    assert ended.stderr == (
        "swarm: Standard output cannot be written (No space left on device). Send it elsewhere.\n"
    )


def test_a_closed_standard_output_is_one_line_and_status_1() -> None:
    ended = shell(f"{SWARM} plans >&-")
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert "Standard output is closed" in ended.stderr


@pytest.mark.parametrize("closed", ["2>&-", "2>/dev/full"])
def test_a_result_is_printed_whatever_becomes_of_standard_error(closed: str) -> None:
    words = "from swarm_app.cli import output; output.say('so far'); output.write('result'); output.settle()"
    ended = shell(f'{sys.executable} -c "{words}" {closed}')
    assert (ended.returncode, ended.stdout) == (0, "result\n")


def test_a_report_that_cannot_be_printed_names_its_run(monkeypatch: pytest.MonkeyPatch) -> None:
    told = report()
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(OutputError, match=f"swarm show {told.run_id}"):
        deliver(told, out=None, as_json=True)
