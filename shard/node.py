"""A shard as a Celery node: a worker that consumes `shard.NAME` holds that shard in memory.

`swarm shard serve NAME` starts one with this project's defaults; any plain worker started with
`-Q shard.NAME` is one too.
"""

import gc
import logging
import socket
import sys
import threading
import time
from contextlib import suppress
from typing import Any, NoReturn

from celery import bootsteps
from celery.utils.log import get_logger

from shard.context import ShardContext
from shard.loading import load
from shard.saved import Saved
from swarm_app import queues
from swarm_app.celery import app
from swarm_app.embedded.lease import ensure_server
from swarm_app.errors import SwarmError, UnknownError
from swarm_app.inventory import Holding, holds, loading, news, versions
from swarm_app.presence import Presence
from swarm_app.settings import current
from swarm_app.store.nodes import BEAT
from swarm_app.store.store import Store

logger = get_logger(__name__)

_THREADS = 8  # searches at once; they wait for one another's index, hardly for anything else
_OF_EACH_TASK = ("celery.worker.strategy", "celery.app.trace")  # their two lines a search would bury the rest

_contexts: dict[str, ShardContext] = {}


def held(name: str) -> ShardContext:
    """A shard in this process's memory; raises `UnknownError` when it is not."""
    try:
        return _contexts[name]
    except KeyError:
        raise UnknownError(
            f"This node does not hold the shard {name!r}. `swarm status` shows who does."
        ) from None


class ShardStep(bootsteps.StartStopStep):
    """Loads the shards whose queues this worker consumes, and follows their versions.

    A worker step, since consumer steps restart on every reconnect. Following happens in a thread of its own:
    the worker's event loop must not wait for the store.
    """

    requires = (Presence,)  # first, so that this node says how far it is while it loads

    def __init__(self, parent: Any, **kwargs: Any) -> None:
        super().__init__(parent, **kwargs)
        self.names = queues.shards_of(parent.app.amqp.queues.consume_from)
        self.enabled = bool(self.names)
        self.store = Store(current(), patient=True)
        self.saved = Saved(current().stack_dir / "indexes")
        self._stopped = threading.Event()

    def start(self, parent: Any) -> None:
        """Load everything before the first message is consumed."""
        for name in self.names:
            self._follow(name)
        threading.Thread(target=self._watch, name="shard-versions", daemon=True).start()

    def stop(self, parent: Any) -> None:
        """Stop following. What the shard holds is in the store; what is saved here of a dropped one goes."""
        self._stopped.set()
        with suppress(SwarmError):
            known = Store(current()).shards.names()  # impatient: the server may have been stopped first
            for name in {*self.names} - {*known}:
                self.saved.forget(name)

    terminate = stop

    def info(self, parent: Any) -> dict[str, Any]:
        """Shown by `celery -A swarm_app inspect stats`."""
        return {"shards": versions()}

    def _watch(self) -> None:
        while not self._stopped.wait(BEAT):
            for name in self.names:
                try:
                    self._follow(name)
                except SwarmError as error:
                    logger.warning("shard %s keeps version %s: %s", name, versions().get(name), error)

    def _follow(self, name: str) -> None:
        record = self.store.shards.find(name)
        if versions().get(name) == (record.version if record else 0):
            return
        began = time.monotonic()
        try:
            record, context = load(name, self.store, lambda *step: loading.update({name: step}), self.saved)
        finally:
            loading.pop(name, None)
        gc.freeze()  # what was loaded stays: a collector that walks through it all holds searches up
        _contexts[name] = context  # searches under way finish on the version they began with
        holds[name] = Holding(record)
        news.set()
        logger.info(
            "shard %s: version %s, %s documents, %s tokens, loaded in %.1f s",
            *(name, record.version, record.documents, record.tokens, time.monotonic() - began),
        )


app.steps["worker"].add(ShardStep)


def serve(name: str) -> NoReturn:
    """Run a node of a shard in this process until it is stopped. Raises `UnknownError` for no such shard."""
    ensure_server(current())
    store = Store(current())
    store.check()
    store.shards.get(name)
    node = f"shard-{name}.{_free_number(name, store)}@%h"
    options = ["--without-gossip", "--without-mingle", "-l", "INFO", "-c", str(_THREADS)]
    for told in _OF_EACH_TASK:
        logging.getLogger(told).setLevel(logging.WARNING)
    app.worker_main(["worker", "-Q", queues.shard_queue(name), "-n", node, "-P", "threads", *options])
    sys.exit(0)


def _free_number(name: str, store: Store) -> int:
    """The lowest replica number that no live node of this host has: equal node names are merged into one."""
    host = socket.gethostname()
    taken = {node.name for node in store.nodes.alive()}
    return next(number for number in range(1, len(taken) + 2) if f"shard-{name}.{number}@{host}" not in taken)
