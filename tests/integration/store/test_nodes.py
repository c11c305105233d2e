import pytest

from swarm_app.contracts.nodes import Node
from swarm_app.store import nodes
from swarm_app.store.store import Store
from tests.integration.clock import Clock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(nodes, "time", clock)
    return clock


def node(clock: Clock, name: str = "worker@host") -> Node:
    return Node(name=name, kind="worker", host="host", pid=1, started_at=clock.now, seen_at=clock.now)


def test_a_node_that_announced_itself_is_alive(store: Store, clock: Clock) -> None:
    announced = node(clock)
    store.nodes.announce(announced)
    assert store.nodes.alive() == [announced]


def test_nodes_are_sorted_by_name(store: Store, clock: Clock) -> None:
    for name in ("b@host", "a@host"):
        store.nodes.announce(node(clock, name))
    assert [alive.name for alive in store.nodes.alive()] == ["a@host", "b@host"]


def test_the_last_word_of_a_node_is_the_one_that_counts(store: Store, clock: Clock) -> None:
    store.nodes.announce(node(clock))
    store.nodes.announce(node(clock).model_copy(update={"lost": 2}))
    assert [alive.lost for alive in store.nodes.alive()] == [2]


def test_a_node_that_takes_its_leave_is_gone(store: Store, clock: Clock) -> None:
    store.nodes.announce(node(clock))
    store.nodes.leave("worker@host")
    assert store.nodes.alive() == []


def test_a_node_that_is_silent_for_some_seconds_is_not_alive(store: Store, clock: Clock) -> None:
    store.nodes.announce(node(clock))
    clock.pass_by(13.0)
    assert store.nodes.alive() == []


def test_a_node_that_speaks_again_is_alive_again(store: Store, clock: Clock) -> None:
    store.nodes.announce(node(clock))
    clock.pass_by(13.0)
    store.nodes.announce(node(clock))
    assert [alive.name for alive in store.nodes.alive()] == ["worker@host"]


def test_a_node_that_is_silent_for_long_is_forgotten(store: Store, clock: Clock) -> None:
    store.nodes.announce(node(clock))
    early = clock.now
    clock.pass_by(61.0)
    assert store.nodes.alive() == []
    clock.now = early
    assert store.nodes.alive() == []
