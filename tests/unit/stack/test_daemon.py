from pathlib import Path

import pytest

from swarm_app.errors import StackError
from swarm_app.stack.daemon import only_one


def test_the_second_gives_way_to_a_first_that_works(tmp_path: Path) -> None:
    assert only_one(tmp_path / "lock", lambda: False, 1.0)
    assert not only_one(tmp_path / "lock", lambda: True, 1.0)


def test_a_first_that_neither_works_nor_ends_is_reported(tmp_path: Path) -> None:
    assert only_one(tmp_path / "lock", lambda: False, 1.0)
    with pytest.raises(StackError, match="neither works nor ends"):
        only_one(tmp_path / "lock", lambda: False, 0.05)
