"""The worker's task: do one brief, report one finding, forget everything."""

from typing import Any

from celery.exceptions import Ignore
from celery.utils.log import get_task_logger

from swarm_app import queues
from swarm_app.celery import app
from swarm_app.contracts.research import Brief, Finding, Kind
from swarm_app.errors import ClaimError, SwarmError
from swarm_app.findings import checked, failure
from swarm_app.store.briefs import Claim
from tasks.context import BorrowedContext
from tasks.process import store, worker_id
from workers.engine import load

logger = get_task_logger(__name__)

_HELD_RETRY = 5  # seconds


@app.task(bind=True, name=queues.TASK_RESEARCH, ignore_result=True, max_retries=None)
def research(self: Any, brief_id: str) -> str:
    """Claim a brief, investigate it, report. Delivered twice, it does nothing the second time.

    Never raises for what the engine does: a chord's body never runs once a header task has failed, so the
    failure is a finding of its own and the task only looks failed in Flower.
    """
    claimed = store().briefs.claim(brief_id, worker_id())
    if claimed.outcome is Claim.HELD:
        raise self.retry(countdown=_HELD_RETRY)
    if claimed.brief is None:
        logger.info("brief %s: nothing to do (%s)", brief_id, claimed.outcome.value)
        return claimed.outcome.value
    finding = investigate(claimed.brief, claimed.attempts, worker_id())
    try:
        stored = store().briefs.report(claimed.brief, finding)
    except ClaimError as error:
        logger.info("%s", error)
        return "discarded"
    if finding.kind is Kind.FAILED:
        _look_failed(self, finding.summary)
    return finding.finding_id if stored else "duplicate"


def investigate(brief: Brief, attempts: int, worker: str) -> Finding:
    """Have an engine do the brief and check its citations; whatever goes wrong becomes a failed finding."""
    run = store().runs.get(brief.run_id)
    context = BorrowedContext(store(), run)
    try:
        draft = load(brief.engine).investigate(brief, context)
    except SwarmError as error:
        draft = failure(str(error))
    except Exception as error:  # an engine is somebody else's code: its bug must not stop a pass
        logger.exception("brief %s: the engine %s failed", brief.brief_id, brief.engine)
        draft = failure(f"The engine {brief.engine} failed: {type(error).__name__}: {error}")
    return checked(store(), run, brief, draft, attempts=attempts, worker=worker)


def _look_failed(task: Any, reason: str) -> None:
    """Count this part of the chord as done, but show the task as failed in Flower."""
    task.backend.mark_as_done(task.request.id, None, request=task.request, store_result=False)
    task.send_event("task-failed", exception=reason, traceback="")
    raise Ignore
