from pathlib import Path

import pytest

from swarm_app.errors import StackError
from swarm_app.stack.server import check_room


def test_a_full_disk_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StackError, match=r"is full.*Make room") as raised:
        check_room(tmp_path, needed=10**18)
    assert str(tmp_path) in str(raised.value)


def test_a_disk_with_room_is_fine(tmp_path: Path) -> None:
    check_room(tmp_path, needed=1)
