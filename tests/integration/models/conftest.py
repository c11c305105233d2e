"""Model engines over real HTTP, against servers that speak the vendors' protocols."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from swarm_app.settings import current
from tests.vendors.server import Vendors, diligent, vendors


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Vendors]:
    """The vendors, and accounts that lead to them."""
    with vendors(diligent) as made:
        file = tmp_path / "models.toml"
        file.write_text(made.tables, "utf-8")
        monkeypatch.setenv("SWARM_MODELS", str(file))
        current.cache_clear()
        yield made
    current.cache_clear()
