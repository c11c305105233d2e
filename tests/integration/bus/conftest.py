"""A store whose one shard holds a file of the original's kind, and the bus on it."""

import time
from pathlib import Path

import pytest

from swarm_app.client.bus import Bus
from swarm_app.client.loading import Loader
from swarm_app.settings import Settings
from swarm_app.store.store import Store

RESUME = "".join(f"Decision {number} of the session was to keep the queue.\n" for number in range(1, 101))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "history"
    folder.mkdir()
    (folder / "SESSION-RESUME.md").write_text(RESUME, "utf-8")
    return folder / "SESSION-RESUME.md"


@pytest.fixture
def bus(store: Store, settings: Settings, file: Path) -> Bus:
    Loader(settings, store).one("history", [file.parent], None, None)
    return Bus(store, lambda: None)


@pytest.fixture
def began() -> float:
    """A moment before everything that the test does."""
    return time.time() - 1.0
