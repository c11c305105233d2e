import subprocess
import sys


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = [sys.executable, "-m", "swarm_app.cli.main", "plans"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 0
