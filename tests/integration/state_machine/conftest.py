"""One installation for all examples, its clock and its store's calls in the tests' hands."""

from collections.abc import Iterator
from types import ModuleType

import pytest

from swarm_app.celery import app, configuration
from swarm_app.settings import current
from swarm_app.store import assists, blockers, briefs, budgets, passes, runs, writings
from swarm_app.store.store import Store
from tasks import closing, drive, process, recovery, rescue, writing
from tests.integration.clock import Clock
from tests.integration.state_machine.installation import Installation
from tests.integration.state_machine.moments import Moments

_STORED = (assists, blockers, briefs, budgets, passes, runs, writings)
_TIMED: tuple[ModuleType, ...] = (*_STORED, closing, drive, recovery, rescue, writing)
_ENVIRONMENT = {"SWARM_NAMESPACE": "machine", "SWARM_LEASE": "15", "SWARM_ATTEMPTS": "3"}


@pytest.fixture(scope="session")
def connections(server_url: str) -> Iterator[None]:
    """Those of the app's pool, which is of no use once it is closed, are kept until the last test."""
    yield
    app.pool.force_close_all(close_pool=False)


@pytest.fixture(scope="package")
def installation(server_url: str, connections: None) -> Iterator[Installation]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**_ENVIRONMENT, "SWARM_REDIS_URL": server_url}.items():
            patch.setenv(name, value)
        current.cache_clear()
        process.store.cache_clear()
        app.conf.update(configuration(current()))
        yield _watched(patch)
        process.store().close()
    current.cache_clear()
    process.store.cache_clear()


@pytest.fixture
def empty(installation: Installation) -> Iterator[Installation]:
    """The installation, left as it was found."""
    yield installation
    installation.clear()


def _watched(patch: pytest.MonkeyPatch) -> Installation:
    clock, moments, client = Clock(), Moments(), process.store().client
    for module in _TIMED:
        patch.setattr(module, "time", clock)
    patch.setattr(briefs, "_CHUNK", 1)  # a driver may die between any two briefs
    for name in ("execute_command", "pipeline"):
        patch.setattr(client, name, moments.watched(getattr(client, name)))
    return Installation(Store(current()), clock, moments)
