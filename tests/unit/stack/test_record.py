import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from swarm_app.stack import record
from swarm_app.stack.record import Member, Record


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_a_record_reads_as_it_was_written(tmp_path: Path) -> None:
    written = Record(pinned=True, members=(Member("shard", "history", 12, 34.5),))
    written.save(tmp_path / "stack.json")
    assert record.load(tmp_path / "stack.json") == written


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"pinned": true}', '{"pinned": true, "members": [{"pid": 1}]}']
)
def test_a_record_that_cannot_be_read_is_empty(tmp_path: Path, text: str) -> None:
    (tmp_path / "stack.json").write_text(text)
    assert record.load(tmp_path / "stack.json") == Record()


def test_a_process_that_was_left_behind_is_ended(sleeper: subprocess.Popen[bytes]) -> None:
    member = Member("worker", "1", sleeper.pid, record.created(sleeper.pid))
    assert record.end([member]) == [member]
    assert sleeper.wait() < 0


def test_a_later_process_of_the_same_pid_is_left_alone(sleeper: subprocess.Popen[bytes]) -> None:
    earlier = Member("worker", "1", sleeper.pid, record.created(sleeper.pid) - 100)
    assert record.end([earlier]) == []
    assert sleeper.poll() is None


def test_a_process_that_did_not_run_is_nobody_s(tmp_path: Path) -> None:
    assert record.end([Member("worker", "1", 0, record.created(0))]) == []
