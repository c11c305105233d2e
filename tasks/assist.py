"""The helper's tasks: try one strategy for a brief that another worker cannot go on with."""

from functools import partial
from typing import Any, NoReturn

from celery.utils.log import get_task_logger

from swarm_app import queues
from swarm_app.celery import app
from swarm_app.claims import Reason, Why
from swarm_app.contracts.assist import Assist, Solution
from swarm_app.contracts.research import Brief
from swarm_app.errors import BudgetSpent, EngineError, ServerError, SwarmError
from swarm_app.findings import gated
from swarm_app.store.assists import Granted, Help, Solving
from tasks import relief
from tasks.execution import Cancelled, Execution
from tasks.process import claims, store, worker_id
from tasks.stopping import leave_to_others, recycle_if_hung
from tasks.tries import DOERS
from workers.resumption import lost
from workers.strategies.evidence import solves
from workers.strategies.offer import work
from workers.widening import widened

logger = get_task_logger(__name__)


@app.task(bind=True, name=queues.TASK_ASSIST, ignore_result=True, max_retries=None)
def assist(self: Any, assist_id: str) -> str:
    """Claim an assist, try it, hand in what came of it. Delivered twice, it does nothing the second time.

    The first solution whose evidence holds settles the blocker; whoever settles it sends the brief again.
    """
    granted = store().assists.claim(assist_id, worker_id())
    if granted.assist is None:
        return granted.outcome.value
    (brief,) = store().briefs.get([granted.assist.brief_id])
    try:
        came = _help(brief, granted.assist, granted)
    except Cancelled as cancelled:
        _give_up(granted, cancelled.reason)
    finally:
        recycle_if_hung(str(self.request.hostname), brief.run_id)
    if came.settles:
        relief.resume(brief)
    elif came is Solving.FAILED:
        relief.relieve(brief.brief_id)  # it may be the turn of older findings
    return came.value


@app.task(name=queues.TASK_RELIEVE, ignore_result=True)
def relieve(brief_id: str) -> None:
    """Offer assists for a brief that an outside worker said is blocked."""
    relief.relieve(brief_id)


def _help(brief: Brief, assist: Assist, granted: Granted) -> Solving:
    fail = partial(store().assists.fail, assist, granted.attempts)
    if granted.outcome is Help.EXHAUSTED:
        return fail(lost(granted.attempts).summary)
    try:
        solution = _solution(brief, assist, granted.attempts)
        return store().assists.solve(brief, solution, granted.attempts)
    except (Cancelled, ServerError):
        raise
    except BudgetSpent as error:
        raise Cancelled(Why.SPENT) from error
    except SwarmError as error:
        return fail(str(error))
    except Exception as error:  # an engine is somebody else's code
        logger.exception("assist %s failed", assist.assist_id)
        return fail(f"{type(error).__name__}: {error}")


def _solution(brief: Brief, assist: Assist, attempt: int) -> Solution:
    """What the strategy comes to, its evidence checked; raises `SwarmError` where that is no solution."""
    run, does = widened(store(), store().runs.get(brief.run_id), assist.shards), work(brief, assist)
    renew = partial(store().assists.renew, assist.assist_id, attempt)
    with claims().holding(does, attempt, renew) as held:
        tried = Execution(lambda: DOERS[assist.strategy](run, held), held).run()
    named = tried.draft.model_copy(update={"engine": tried.draft.engine or does.engine})
    store().assists.took(assist, attempt, named)
    kept, evidence = gated(store(), run, named)
    if not solves(kept, evidence):
        raise EngineError(f"{assist.strategy}: nothing that its citations bear out.")
    return Solution(assist=assist, worker=worker_id(), draft=kept, age_s=tried.age_s)


def _give_up(granted: Granted, reason: Reason) -> NoReturn:
    """Stop: another was faster, or the worker stops, and then somebody else tries."""
    assert granted.assist is not None
    assist_id = granted.assist.assist_id
    logger.info("assist %s: given up (%s)", assist_id, reason)
    leave_to_others(reason, lambda: store().assists.release(assist_id, granted.attempts))
