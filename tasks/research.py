"""The worker's task: do one brief, report one finding, forget everything."""

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Any, NoReturn

from celery.exceptions import Ignore
from celery.signals import task_revoked
from celery.utils.log import get_task_logger

from swarm_app import queues
from swarm_app.celery import app
from swarm_app.claims import Held, Reason, Why
from swarm_app.contracts.assist import Blocker
from swarm_app.contracts.engines import turned
from swarm_app.contracts.help import Obstacle
from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Brief, Draft, Finding, Kind
from swarm_app.errors import BudgetSpent, ClaimError, EngineAway, EngineSpent, ServerError, SwarmError
from swarm_app.findings import checked, failure
from swarm_app.insights.hearing import compared, informed
from swarm_app.store.briefs import Claimed, Claiming
from tasks.chords import place, send_body
from tasks.context import BorrowedContext
from tasks.execution import Cancelled, Execution
from tasks.process import claims, slices, store, worker_id
from tasks.relief import give_way, look_elsewhere
from tasks.stopping import leave_to_others, recycle_if_hung
from workers.draft import draft_of
from workers.engine import load
from workers.resumption import without_engine

logger = get_task_logger(__name__)


@app.task(bind=True, name=queues.TASK_RESEARCH, ignore_result=True, max_retries=None)
def research(self: Any, brief_id: str) -> str:
    """Claim a brief, investigate it, report. Delivered twice, it does nothing the second time.

    Never raises for what the engine does: a chord's body never runs once a header task has failed, so the
    failure is a finding of its own and the task only looks failed in Flower.
    """
    claimed = store().briefs.claim(brief_id, worker_id())
    if claimed.outcome in {Claiming.HELD, Claiming.BLOCKED}:
        raise Ignore  # whoever holds it reports; should it be lost, the recovery sends it again
    if claimed.brief is None:
        logger.info("brief %s: nothing to do (%s)", brief_id, claimed.outcome.value)
        return claimed.outcome.value
    try:
        return _report(self, claimed.brief, _do(claimed, place(self.request)))
    except Cancelled as cancelled:
        _give_up(claimed, cancelled.reason)
    finally:
        recycle_if_hung(str(self.request.hostname), claimed.brief.run_id)


def _do(claimed: Claimed, at: Mapping[str, Any]) -> Finding:
    assert claimed.brief is not None
    if (known := without_engine(store(), claimed, worker_id())) is not None:
        return known
    renew = partial(store().briefs.renew, claimed.brief.brief_id, claimed.attempts)
    try:
        with claims().holding(claimed.brief, claimed.attempts, renew) as held:
            return investigate(held)
    except Blocker as blocker:
        return give_way(claimed.brief, claimed.attempts, blocker, at)


def investigate(held: Held) -> Finding:
    """Have an engine do the brief and check its citations; what goes wrong with it becomes a failed finding.

    Raises `Blocker` when others might help, `Cancelled` when the claim is given up, and `ServerError` when
    the store is out of reach.
    """
    brief = held.brief
    try:
        draft = look_elsewhere(brief, Execution(lambda: _draft(held), held).run())
    except (Blocker, Cancelled, ServerError):
        raise
    except EngineSpent as error:
        if not _is_dispensable(brief):
            store().budgets.end_engines(brief.run_id)
            raise Cancelled(Why.SPENT) from error
        draft = failure(str(error))
    except EngineAway as error:
        raise Blocker(str(error), Obstacle.RATE_LIMIT) from error
    except BudgetSpent as error:
        raise Cancelled(Why.SPENT) from error
    except SwarmError as error:
        draft = failure(str(error))
    except Exception as error:  # an engine is somebody else's code: its bug must not stop a pass
        logger.exception("brief %s: the engine %s failed", brief.brief_id, brief.engine)
        draft = failure(f"The engine {brief.engine} failed: {type(error).__name__}: {error}")
    return _checked(brief, draft, held.attempt)


def _is_dispensable(brief: Brief) -> bool:
    """Whether the run goes on without it: a synthesis is the shard's then, if a later one is the answer."""
    if brief.role is not Role.SYNTHESISE:
        return False
    run = store().runs.get(brief.run_id)
    later = list(enumerate(run.plan.passes, 1))[brief.pass_number :]
    return any(run.writers(number) for number, spec in later if not spec.repair)


def _draft(held: Held) -> Draft:
    run = store().runs.get(held.brief.run_id)
    context = BorrowedContext(store(), run.shards, run.aliases, held=held, slices=slices())
    brief = informed(store(), slices(), run, held.brief)
    engines = turned(held.brief.engine, held.attempt - 1)  # a second attempt begins with another, if there is
    try:
        return draft_of(load(engines), brief, context)
    finally:
        context.log.close()


def _checked(brief: Brief, draft: Draft, attempts: int) -> Finding:
    run = store().runs.get(brief.run_id)
    finding = checked(store(), run, brief, draft, attempts=attempts, worker=worker_id())
    return compared(store(), run, finding)


def _give_up(claimed: Claimed, reason: Reason) -> NoReturn:
    """Leave a brief to others: nobody waits for it here any more."""
    assert claimed.brief is not None
    brief = claimed.brief
    logger.info("brief %s: given up (%s)", brief.brief_id, reason)

    def release() -> bool:
        released = store().briefs.release(brief.brief_id, claimed.attempts)
        if reason is Why.SPENT:  # nothing more is given out: the run may stop at once
            send_body(store().runs.get(brief.run_id), brief.pass_number)
        return released

    leave_to_others(reason, release)


def _report(task: Any, brief: Brief, finding: Finding) -> str:
    try:
        left = store().briefs.report(brief, finding)
    except ClaimError as error:
        logger.info("%s", error)
        return "discarded"
    if left == 0 and finding.attempts > 1:  # the chord may have been lost with a worker
        send_body(store().runs.get(brief.run_id), brief.pass_number)
    if finding.kind is Kind.FAILED:
        _look_failed(task, finding.summary)
    return "duplicate" if left is None else finding.finding_id


def _look_failed(task: Any, reason: str) -> None:
    """Count this part of the chord as done, but show the task as failed in Flower."""
    task.backend.mark_as_done(task.request.id, None, request=task.request, store_result=False)
    task.send_event("task-failed", exception=reason, traceback="")
    raise Ignore


@task_revoked.connect
def _revoked(sender: Any, request: Any, **_: Any) -> None:
    """A brief that was revoked is a failed finding; the revocation has broken its chord."""
    for brief in store().briefs.get([request.id]) if sender.name == queues.TASK_RESEARCH else ():
        finding = _checked(brief, failure("It was revoked by remote control."), 1)
        with suppress(ClaimError):  # its run is over
            if store().briefs.report(brief, finding) == 0:
                send_body(store().runs.get(brief.run_id), brief.pass_number)
