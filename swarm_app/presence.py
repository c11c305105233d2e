"""How a Celery node says that it is alive: a worker bootstep with a pulse."""

import os
import socket
import threading
import time
from contextlib import suppress
from logging import getLogger
from typing import Any

import psutil
from celery import bootsteps

from swarm_app.contracts.nodes import Node
from swarm_app.errors import ServerError
from swarm_app.inventory import loading, news, tallies, versions
from swarm_app.queues import shards_of
from swarm_app.settings import current
from swarm_app.store.nodes import BEAT
from swarm_app.store.store import Store

logger = getLogger(__name__)

lost_threads: list[threading.Thread] = []  # engines that did not stop when they were told to


class Presence(bootsteps.StartStopStep):
    """Announces this node in the store every few seconds while it runs, and when what it holds has changed.

    A worker step, since consumer steps restart on every reconnect; a thread of its own, since the worker's
    event loop must never wait for the store.
    """

    requires = ("celery.worker.components:Pool",)

    def __init__(self, parent: Any, **kwargs: Any) -> None:
        super().__init__(parent, **kwargs)
        self._stopped = threading.Event()
        self._store = Store(current())
        self._started_at = time.time()
        self._pulse: threading.Thread | None = None

    def start(self, parent: Any) -> None:
        """Begin to beat."""
        self._pulse = threading.Thread(target=self._beat, args=(parent,), name="presence", daemon=True)
        self._pulse.start()

    def stop(self, parent: Any) -> None:
        """Take leave. Skipped by kill -9, and then the node is forgotten after some seconds."""
        self._stopped.set()
        news.set()
        if self._pulse is not None:
            self._pulse.join(BEAT)  # a last word after the leave would be believed for seconds
        with suppress(ServerError):
            self._store.nodes.leave(parent.hostname)

    terminate = stop

    def _beat(self, parent: Any) -> None:
        process, heard = psutil.Process(), True
        while not self._stopped.is_set():
            news.clear()
            heard = self._is_heard(self._node(parent, process.memory_info().rss), before=heard)
            news.wait(BEAT)

    def _is_heard(self, node: Node, *, before: bool) -> bool:
        """Say that the node is alive; the next beat tries again. Its log has the changes from ``before``."""
        try:
            self._store.nodes.announce(node)
        except ServerError as error:
            if before:
                logger.warning("%s cannot say that it is alive, and is taken for dead: %s", node.name, error)
            return False
        if not before:
            logger.warning("%s says again that it is alive", node.name)
        return True

    def _node(self, parent: Any, memory: int) -> Node:
        queues = tuple(sorted(parent.app.amqp.queues.consume_from))
        return Node(
            name=parent.hostname,
            kind="shard" if shards_of(queues) else "worker",
            host=socket.gethostname(),
            pid=os.getpid(),
            queues=queues,
            started_at=self._started_at,
            seen_at=time.time(),
            concurrency=parent.concurrency or 0,
            memory=memory,
            holds=versions(),
            loading=dict(loading),
            tallies=dict(tallies),
            lost=sum(thread.is_alive() for thread in lost_threads),
        )
