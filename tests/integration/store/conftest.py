"""A run under way, its pass open, and the clock of its leases in the test's hands."""

import pytest

from swarm_app.contracts.research import Brief
from swarm_app.contracts.run import Run
from swarm_app.store import briefs
from swarm_app.store.store import Store
from tests.integration.clock import Clock
from tests.integration.store.samples import opened, running


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(briefs, "time", clock)
    return clock


@pytest.fixture
def run(store: Store) -> Run:
    return running(store)


@pytest.fixture
def brief(store: Store, run: Run, clock: Clock) -> Brief:
    """The first of two."""
    return opened(store, run)[0]
