"""How a worker stops: its briefs get a moment to end, then go back; with a hanging engine it starts anew.

In a pool of processes the briefs are with the children, and the signal to stop comes to their parent: it says
farewell to them.
"""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any, NoReturn

from celery.exceptions import Ignore, Reject
from celery.signals import worker_process_init, worker_shutdown, worker_shutting_down

from swarm_app.celery import app
from swarm_app.claims import Reason, Why
from swarm_app.presence import lost_threads
from swarm_app.settings import current
from tasks.farewell import Farewell
from tasks.process import claims, store

logger = logging.getLogger(__name__)

_HUNG = 1  # exit status of a child

_recycling = threading.Event()
_farewell = Farewell()  # made before any child is forked
_is_child = threading.Event()


@worker_process_init.connect
def _listen(**_: Any) -> None:
    _is_child.set()
    threading.Thread(target=_after_farewell, name="stopping", daemon=True).start()


@worker_shutting_down.connect
def _give_back(**_: Any) -> None:
    _farewell.say()
    threading.Thread(target=_after_grace, name="stopping", daemon=True).start()


def _after_farewell() -> None:
    _farewell.wait()
    _after_grace()


def _after_grace() -> None:
    if not claims().wait_until_none(current().shutdown_grace):
        claims().cancel_all(Why.STOPPING)


def leave_to_others(reason: Reason, release: Callable[[], bool]) -> NoReturn:
    """End a task that was not done: ``release`` what it claimed, where it is to be claimed again.

    At once, and on the broker, when this worker stops; or later, with a larger budget.
    """
    returned = reason in {Why.STOPPING, Why.SPENT} and release()
    if returned and reason is Why.STOPPING:
        raise Reject(reason.value, requeue=True)
    raise Ignore


def recycle_if_hung(node: str, run_id: str) -> None:
    """Start this worker process anew, once its other briefs have ended, if an engine hangs in it.

    An event of the run says so. A child of a pool has no other briefs, and the pool replaces it.
    """
    hung = [thread for thread in lost_threads if thread.is_alive()]
    replaceable = _is_child.is_set() or current().pool == "threads"
    if not hung or not replaceable or _recycling.is_set():
        return
    _recycling.set()
    logger.warning("%s engines hang: this worker starts anew when its other briefs have ended", len(hung))
    store().events.append(run_id, "worker.hung", {"worker": node, "lost": len(hung)})
    if _is_child.is_set():
        os._exit(_HUNG)
    threading.Thread(target=_recycle, args=(node,), name="recycle", daemon=True).start()


def _recycle(node: str) -> None:
    for queue in list(app.amqp.queues.consume_from):
        app.control.cancel_consumer(queue, destination=[node])
    claims().wait_until_none(float(current().brief_deadline))
    os.kill(os.getpid(), signal.SIGTERM)


@worker_shutdown.connect
def _again(**_: Any) -> None:
    """Replace this process by a new one: a thread that hangs goes with the process only."""
    if _recycling.is_set():
        os.execv(sys.executable, sys.orig_argv)
