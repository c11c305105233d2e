"""The helper's tasks: try one strategy for a brief that another worker cannot go on with."""

import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple, NoReturn

from celery.utils.log import get_task_logger

from swarm_app import queues, words
from swarm_app.celery import app
from swarm_app.contracts.assist import Assist, Solution
from swarm_app.contracts.help import Strategy
from swarm_app.contracts.research import Brief, Draft, Finding
from swarm_app.contracts.run import Run
from swarm_app.errors import BudgetSpent, EngineError, ServerError, SwarmError, UnknownError
from swarm_app.findings import gated
from swarm_app.insights.hearing import informed
from swarm_app.store.assists import Granted, Help, Solving
from tasks import relief
from tasks.claims import Held
from tasks.context import BorrowedContext
from tasks.elsewhere import widened
from tasks.execution import Cancelled, Execution
from tasks.process import claims, slices, store, worker_id
from tasks.stopping import SPENT, leave_to_others, recycle_if_hung
from workers.engine import load
from workers.strategies.evidence import solves
from workers.strategies.offer import work
from workers.strategies.older import ALIKE, oldest_hope, revived

logger = get_task_logger(__name__)

_RUNS = 20  # that are looked through for older findings


class _Tried(NamedTuple):
    draft: Draft
    age_s: float = 0.0


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
        _give_up(granted, str(cancelled))
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
        return fail(f"It was given out {granted.attempts} times, and each time its worker was lost.")
    try:
        solution = _solution(brief, assist, granted.attempts)
        return store().assists.solve(brief, solution, granted.attempts)
    except (Cancelled, ServerError):
        raise
    except BudgetSpent as error:
        raise Cancelled(SPENT) from error
    except SwarmError as error:
        return fail(str(error))
    except Exception as error:  # an engine is somebody else's code
        logger.exception("assist %s failed", assist.assist_id)
        return fail(f"{type(error).__name__}: {error}")


def _solution(brief: Brief, assist: Assist, attempt: int) -> Solution:
    """What the strategy comes to, its evidence checked; raises `SwarmError` where that is no solution."""
    run, does = widened(store().runs.get(brief.run_id), assist.shards), work(brief, assist)
    renew = partial(store().assists.renew, assist.assist_id, attempt)
    with claims().holding(does, attempt, renew) as held:
        tried = Execution(lambda: _DOERS[assist.strategy](run, held), held).run()
    named = tried.draft.model_copy(update={"engine": tried.draft.engine or does.engine})
    store().assists.took(assist, attempt, named)
    kept, evidence = gated(store(), run, named)
    if not solves(kept, evidence):
        raise EngineError(f"{assist.strategy}: nothing that its citations bear out.")
    return Solution(assist=assist, worker=worker_id(), draft=kept, age_s=tried.age_s)


def _by_engine(run: Run, held: Held) -> _Tried:
    context = BorrowedContext(store(), run.shards, run.aliases, held=held, slices=slices())
    brief = informed(store(), slices(), run, held.brief)
    try:
        return _Tried(load(brief.engine).investigate(brief, context))
    finally:
        context.log.close()


def _by_memory(run: Run, held: Held) -> _Tried:
    found = oldest_hope(held.brief, _older(run, held))
    if found is None:
        raise EngineError("No other run has asked the same.")
    age = max(0.0, time.time() - found.reported_at)
    return _Tried(revived(found, age), age)


def _older(run: Run, held: Held) -> list[tuple[Brief, Finding]]:
    """Briefs and findings of the latest other runs whose shards are this run's too."""
    pairs: list[tuple[Brief, Finding]] = []
    for run_id in store().runs.latest(limit=_RUNS):
        if not held.remaining:
            break
        if run_id != run.run_id and _is_like(run_id, run):
            found = store().runs.findings(run_id)
            briefs = {each.brief_id: each for each in store().briefs.get([one.brief_id for one in found])}
            pairs += [(briefs[each.brief_id], each) for each in found if each.brief_id in briefs]
    return pairs


def _is_like(run_id: str, run: Run) -> bool:
    """Whether another run asked much the same, and no shard that this one may not ask."""
    try:
        other = store().runs.get(run_id)
    except UnknownError:  # it has just expired
        return False
    if not set(other.shards) <= set(run.shards) or other.aliases != run.aliases:
        return False
    return words.containment(run.question, other.question) >= ALIKE


_DOERS: Mapping[Strategy, Callable[[Run, Held], _Tried]] = {
    Strategy.ENGINE: _by_engine,
    Strategy.SHARD: _by_engine,
    Strategy.PARTS: _by_engine,
    Strategy.OLDER: _by_memory,
}


def _give_up(granted: Granted, reason: str) -> NoReturn:
    """Stop: another was faster, or the worker stops, and then somebody else tries."""
    assert granted.assist is not None
    assist_id = granted.assist.assist_id
    logger.info("assist %s: given up (%s)", assist_id, reason)
    leave_to_others(reason, lambda: store().assists.release(assist_id, granted.attempts))
