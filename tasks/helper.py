"""A persistent helper: a worker that takes assists when there are some, and leaves by itself.

It is a plain Celery worker, `celery -A swarm_app worker -Q assist -c 1`, with `SWARM_HELPER_MAX_TASKS`,
`SWARM_HELPER_MAX_SECONDS` or `SWARM_HELPER_IDLE_SECONDS` in its environment. Celery's own options of the kind
(`--max-tasks-per-child`) know neither the time nor idleness, and only count in a pool of processes.
"""

import os
import signal
import threading
import time
from typing import Any

from celery import bootsteps
from celery.signals import task_prerun
from celery.utils.log import get_logger
from celery.worker import state

from swarm_app.celery import app
from swarm_app.settings import Settings, current

logger = get_logger(__name__)

_LOOK = 0.2  # seconds between two looks


class Helper(bootsteps.StartStopStep):
    """Stops its worker, as SIGTERM does, after so many tasks, so much time or so much idleness."""

    requires = ("celery.worker.components:Pool",)

    def __init__(self, parent: Any, **kwargs: Any) -> None:
        super().__init__(parent, **kwargs)
        limits = current()
        self.enabled = any((limits.helper_max_tasks, limits.helper_max_seconds, limits.helper_idle_seconds))
        self._stopped, self._stirred = threading.Event(), threading.Event()
        self._begun = 0

    def start(self, parent: Any) -> None:
        """Begin to look."""
        task_prerun.connect(self._count)
        threading.Thread(target=self._watch, name="helper", daemon=True).start()

    def stop(self, parent: Any) -> None:
        """Stop looking."""
        self._stopped.set()

    terminate = stop

    def _count(self, **_: Any) -> None:
        self._begun += 1
        self._stirred.set()

    def _watch(self) -> None:
        began = busy = time.monotonic()
        while not self._stopped.is_set():
            now = time.monotonic()
            if self._stirred.wait(_LOOK) or state.reserved_requests:
                busy = now
            self._stirred.clear()
            if reason := leaving(current(), self._begun, now - began, now - busy):
                logger.info("this helper leaves: %s", reason)
                os.kill(os.getpid(), signal.SIGTERM)
                return


def leaving(limits: Settings, tasks: int, seconds: float, idle: float) -> str:
    """Why a helper leaves now; empty while it stays. ``tasks`` are those it has begun."""
    if limits.helper_max_tasks is not None and tasks >= limits.helper_max_tasks:
        return f"it has had {tasks} tasks"
    if limits.helper_max_seconds is not None and seconds >= limits.helper_max_seconds:
        return f"it has helped for {seconds:.0f} s"
    if limits.helper_idle_seconds is not None and idle >= limits.helper_idle_seconds:
        return f"it was idle for {idle:.0f} s"
    return ""


app.steps["worker"].add(Helper)
