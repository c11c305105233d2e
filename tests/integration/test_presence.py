"""A node whose word the server refuses: its own log is where whoever misses it is sent."""

import logging
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from swarm_app import presence
from swarm_app.inventory import news
from swarm_app.presence import Presence
from swarm_app.settings import Settings, load
from swarm_app.store.store import Store

USER, LONGEST = "mute", 20.0  # seconds
SILENT = "w@host cannot say that it is alive, and is taken for dead: "
HEARD = "w@host says again that it is alive"


@pytest.fixture
def theirs(settings: Settings, store: Store) -> Iterator[Settings]:
    """A user's that may do everything at first."""
    store.client.acl_setuser(USER, enabled=True, passwords=["+secret"], categories=["+@all"], keys=["*"])
    url = settings.redis_url or ""
    yield load(
        redis_url=url.replace("://", f"://{USER}:secret@"),
        namespace=settings.namespace,
        state_dir=settings.state_dir,
    )
    store.client.acl_deluser(USER)


@pytest.fixture
def node(theirs: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Presence]:
    """A node that speaks."""
    monkeypatch.setattr(presence, "current", lambda: theirs)
    amqp = SimpleNamespace(queues=SimpleNamespace(consume_from={"research": None}))
    worker = SimpleNamespace(hostname="w@host", concurrency=1, app=SimpleNamespace(amqp=amqp))
    step = Presence(worker)
    step.start(worker)
    yield step
    step.stop(worker)
    step._store.close()


def wait_for(words: str, caplog: pytest.LogCaptureFixture) -> None:
    deadline = time.monotonic() + LONGEST
    while not [line for line in caplog.messages if line.startswith(words)]:
        assert time.monotonic() < deadline, caplog.messages
        news.set()
        time.sleep(0.02)


def test_a_node_that_the_server_refuses_says_so_once_in_its_log_and_when_it_is_heard_again(
    store: Store, node: Presence, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, presence.__name__)
    store.client.acl_setuser(USER, enabled=True, commands=["-hset"], keys=["*"])
    wait_for(SILENT, caplog)
    store.client.acl_setuser(USER, enabled=True, commands=["+hset"], keys=["*"])
    wait_for(HEARD, caplog)
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
    assert "ACL" in caplog.messages[0]
    assert [alive.name for alive in store.nodes.alive()] == ["w@host"]
