"""The home shard's tasks: start a run, and conclude a pass."""

from typing import Any

from celery import Task
from kombu.exceptions import KombuError

from swarm_app import queues
from swarm_app.celery import app
from swarm_app.contracts.run import RunState
from swarm_app.errors import ServerError
from swarm_app.store.failures import OUTAGES
from tasks.drive import drive, unheld
from tasks.process import store


class RunTask(Task):
    """A step of a run: fails the run with its reason when it cannot go on."""

    ignore_result = True

    def on_failure(self, exc: Exception, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        """Move the run to `failed`, unless the server was away or full: the recovery drives it on then."""
        if isinstance(exc, (ServerError, KombuError, *OUTAGES)):
            return
        reason = f"{self.name} failed: {type(exc).__name__}: {exc}"
        store().runs.move(args[0], {RunState.QUEUED, RunState.RUNNING}, RunState.FAILED, reason=reason)


@app.task(base=RunTask, name=queues.TASK_START)
def start(run_id: str) -> None:
    """Start a run, or drive on one that is under way: whatever nobody is at is sent again."""
    store().runs.move(run_id, {RunState.QUEUED}, RunState.RUNNING)
    drive(run_id, choose=unheld)


@app.task(base=RunTask, name=queues.TASK_SYNTHESISE)
def synthesise(run_id: str, number: int) -> None:
    """Conclude a pass, if all of it is reported and it is still open, and drive the run on.

    ``number`` is for people who watch; what is due is in the store.
    """
    drive(run_id)
