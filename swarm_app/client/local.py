"""What must be alive on this machine before a question can be put, and starting what is missing."""

import os
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from swarm_app import queues
from swarm_app.client.starting import starting
from swarm_app.contracts.documents import Shard
from swarm_app.contracts.step import Step, Watcher
from swarm_app.embedded import Lease, ensure_server, find, hold
from swarm_app.embedded.reach import running
from swarm_app.errors import ServerError, StackError
from swarm_app.settings import Settings
from swarm_app.store.store import Store

_LOOK = 0.1  # seconds between two looks at who is alive


class Local:
    """The processes of this machine, as a client needs them.

    With ``start=False`` it starts nothing, and its errors name what is missing and how to start it.
    """

    def __init__(
        self, settings: Settings, store: Store, *, start: bool, on_status: Callable[[str], None]
    ) -> None:
        self._settings = settings
        self._store = store
        self._start = start
        self._say = on_status
        self._lease: Lease | None = None
        self._found = False

    def server(self) -> None:
        """Make sure that there is a server that we can use. Raises `StackError` or `ServerError`.

        Once this process holds the stack, a server that answers is enough.
        """
        if self._found and self._answers():
            return
        if self._start:
            ensure_server(self._settings)
        elif self._settings.embedded and not running(self._settings):
            raise StackError(
                "The embedded server is not running. Start it with `swarm up`, or set SWARM_REDIS_URL."
            )
        self._store.check()
        self._found = True

    def _answers(self) -> bool:
        try:
            return self._store.answers()
        except ServerError:
            return False

    @contextmanager
    def writing(self) -> Iterator[None]:
        """While much is written: a server that is lost meanwhile says why, if it cannot start again.

        Raises `StackError` with the supervisor's reason (a full disk, for one), else the `ServerError`.
        """
        try:
            yield
        except ServerError:
            self.server()
            raise

    def release(self, name: str) -> None:
        """End the process that this machine's stack runs for a shard, if it runs one."""
        if (lease := find(self._settings)) is not None:
            lease.request("drop_shard", name=name)

    def shards(self, wanted: Collection[Shard], progress: Watcher | None = None) -> None:
        """Make sure that every shard is served at this version or a later one."""
        missing = self._unserved(wanted)
        if not missing:
            return
        names = ", ".join(missing)
        if not self._start:
            raise StackError(f"Nobody serves {names}. Start: `swarm shard serve {next(iter(missing))}`.")
        if unheld := [shard for shard in wanted if shard.name in {*missing} - self._consumed()]:
            self._say(starting(unheld, os.cpu_count() or 1))
            for shard in unheld:
                self._request("shard", name=shard.name)
        self._wait(
            lambda: not self._unserved(wanted),
            lambda: "shards " + ", ".join(self._unserved(wanted)),
            lambda: progress and progress(self._indexing(wanted)),
        )

    def workers(self, queue: str = queues.RESEARCH) -> None:
        """Make sure that somebody consumes a queue of briefs."""
        if self._working(queue):
            return
        if not self._start:
            raise StackError(
                f"No worker consumes the queue {queue!r}. Start: `celery -A swarm_app worker -Q {queue}`."
            )
        count = self._settings.worker_processes
        self._say(f"starting {count} worker process{'es' * (count > 1)}")
        self._request("workers", count=count)
        self._wait(lambda: self._working(queue), lambda: "workers")

    def _serving(self) -> dict[str, int]:
        held: dict[str, int] = {}
        for node in self._store.nodes.alive():
            for name, version in node.holds.items():
                held[name] = max(version, held.get(name, 0))
        return held

    def _unserved(self, wanted: Collection[Shard]) -> list[str]:
        held = self._serving()
        return [shard.name for shard in wanted if held.get(shard.name, -1) < shard.version]

    def _working(self, queue: str) -> bool:
        return any(queue in node.queues for node in self._store.nodes.alive())

    def _request(self, operation: str, **fields: object) -> None:
        if self._lease is None:
            self._lease = hold(self._settings)
        self._lease.request(operation, **fields)

    def _consumed(self) -> set[str]:
        """The shards that somebody serves, or loads to serve them."""
        return {name for node in self._store.nodes.alive() for name in (*node.holds, *node.loading)}

    def _indexing(self, wanted: Collection[Shard]) -> Step:
        """How many of the wanted shards' documents their nodes have, in all shards together."""
        nodes = self._store.nodes.alive()
        waiting = {shard.name for shard in wanted if shard.name in self._unserved(wanted)}
        done = sum(shard.documents for shard in wanted if shard.name not in waiting)
        for name in waiting:
            done += max((node.loading[name][0] for node in nodes if name in node.loading), default=0)
        return Step(
            "indexing documents", done, sum(shard.documents for shard in wanted), ", ".join(sorted(waiting))
        )

    def _wait(
        self,
        ready: Callable[[], bool],
        waiting_for: Callable[[], str],
        look: Callable[[], object] = lambda: None,
    ) -> None:
        """Wait for as long as something is heard of the nodes from time to time."""
        heard: object = None
        deadline = 0.0
        while not ready():
            look()
            if (now := self._signs()) != heard:
                heard, deadline = now, time.monotonic() + self._settings.start_timeout
            if time.monotonic() > deadline:
                raise StackError(
                    f"Not up after {self._settings.start_timeout} s: {waiting_for()}. Their logs are in "
                    f"{self._settings.stack_dir / 'logs'}; `swarm doctor` looks for the cause."
                )
            time.sleep(_LOOK)

    def _signs(self) -> list[object]:
        """What changes while nodes start and load."""
        return [(node.name, node.holds, node.loading) for node in self._store.nodes.alive()]
