from pathlib import Path

import pytest

from swarm_app.cli.doctor import machine, server
from swarm_app.cli.doctor.check import Check, Level


@pytest.mark.parametrize(
    ("check", "level"),
    [
        (machine.python((3, 11, 7)), Level.OK),
        (machine.python((3, 10, 14)), Level.FAIL),
        (machine.disk(50_000_000_000, Path("/")), Level.OK),
        (machine.disk(500_000_000, Path("/")), Level.WARN),
        (machine.disk(5_000_000, Path("/")), Level.FAIL),
        (machine.flower(), Level.OK),
        (server.clock(-0.4), Level.OK),
        (server.clock(-40.0), Level.WARN),
    ],
)
def test_what_is_not_well_says_how_to_mend_it(check: Check, level: Level) -> None:
    assert check.level is level
    assert bool(check.mend) == (level is not Level.OK)


def test_a_state_directory_that_does_not_exist_yet_is_well_if_it_can_be_made(tmp_path: Path) -> None:
    assert machine.state_dir(tmp_path / "new" / "deeper").level is Level.OK
    assert list(tmp_path.iterdir()) == []


def test_a_state_directory_below_a_file_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert machine.state_dir(tmp_path / "file" / "state").level is Level.FAIL
