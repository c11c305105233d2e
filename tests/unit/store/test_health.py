import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from swarm_app.store.health import ROOM, disk, eviction, memory, persistence


def test_an_append_only_file_synced_on_every_write_is_no_trouble() -> None:
    assert persistence({"aof_enabled": 1}, {"appendfsync": "always"}) is None


@pytest.mark.parametrize(
    ("info", "config", "grave"),
    [
        ({"aof_enabled": 1}, {"appendfsync": "everysec"}, False),
        ({"aof_enabled": 0}, {}, False),
        ({"aof_enabled": 1, "aof_last_write_status": "err"}, {"appendfsync": "always"}, True),
    ],
)
def test_weaker_persistence_is_named(info: dict[str, Any], config: dict[str, str], grave: bool) -> None:
    trouble = persistence(info, config)
    assert trouble is not None
    assert trouble.mend
    assert trouble.grave is grave


def test_a_server_that_may_evict_is_named() -> None:
    assert eviction({"maxmemory_policy": "allkeys-lru", "maxmemory": 1}) is not None


@pytest.mark.parametrize("policy", ["noeviction", "allkeys-lru"])
def test_a_server_without_a_limit_evicts_nothing(policy: str) -> None:
    assert eviction({"maxmemory_policy": policy, "maxmemory": 0}) is None


def test_a_reached_memory_limit_is_named() -> None:
    assert memory({"maxmemory": 10, "used_memory": 10}) is not None
    assert memory({"maxmemory": 10, "used_memory": 9}) is None


def test_the_disk_of_a_server_that_is_not_there_yet_is_not_full(tmp_path: Path) -> None:
    assert disk(tmp_path / "nothing") is None


@pytest.mark.parametrize(("free", "full"), [(ROOM, False), (ROOM - 1, True)])
def test_a_disk_with_less_room_than_the_server_needs_is_grave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, full: bool
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    found = disk(tmp_path)
    assert (found is not None and found.grave) is full
