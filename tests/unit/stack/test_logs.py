import os
from pathlib import Path

from swarm_app.stack import logs


def write(log: Path, text: str) -> None:
    output = logs.append_to(log)
    os.write(output, text.encode())
    os.close(output)


def test_a_log_goes_on_where_it_ended(tmp_path: Path) -> None:
    log = logs.path(tmp_path, "worker", "1")
    write(log, "first\n")
    write(log, "second\n")
    assert log.read_text() == "first\nsecond\n"


def test_a_log_of_more_than_5_mb_is_put_aside(tmp_path: Path) -> None:
    log = logs.path(tmp_path, "worker", "1")
    write(log, "x" * 5_000_001)
    write(log, "anew\n")
    assert log.read_text() == "anew\n"
    assert log.with_suffix(".log.1").stat().st_size == 5_000_001


def test_a_name_with_a_slash_stays_in_its_directory(tmp_path: Path) -> None:
    assert logs.path(tmp_path, "shard", "../../elsewhere").parent == tmp_path / "logs"


def test_the_tail_of_a_log_is_its_last_lines(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    log.write_text("".join(f"line {number}\n" for number in range(10_000)))
    assert logs.tail(log, lines=2) == "line 9998\nline 9999"


def test_a_log_that_does_not_exist_says_nothing(tmp_path: Path) -> None:
    assert logs.tail(tmp_path / "none.log") == ""
