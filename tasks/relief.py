"""A worker that cannot go on: its brief is blocked, others are asked to help, and it is resumed.

Nobody waits inside a task. The blocked task gives up its slot; the assists are messages of their own; whoever
settles the blocker sends the brief again, to the place in its chord that it had.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from celery.utils.log import get_task_logger

from swarm_app import queues, words
from swarm_app.celery import app
from swarm_app.claims import Why
from swarm_app.contracts.assist import Blockage, Blocker, Settlement
from swarm_app.contracts.help import Obstacle, Outcome, Strategy
from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Brief, Draft, Finding, Kind
from swarm_app.findings import checked, failure
from swarm_app.store.blockers import Blocked, Blocking, Effort
from tasks.batch import batch
from tasks.chords import again
from tasks.elsewhere import holders
from tasks.execution import Cancelled
from tasks.process import store, worker_id
from workers.resumption import after_help
from workers.strategies.offer import Means, offer, others

logger = get_task_logger(__name__)

_TURNS = {Strategy.SIDES: 0, Strategy.OLDER: 2}  # all others: 1

_REPORTED_NOW = {Blocking.SETTLED, Blocking.CLOSED}


def give_way(brief: Brief, attempt: int, blocker: Blocker, place: Mapping[str, Any]) -> Finding:
    """Have others help with a brief, and raise `Cancelled`; or the finding, where it is too late for help.

    ``place`` is the message's in its chord. What a pass came to stands without a model's words: who writes
    them is not helped.
    """
    if brief.role is Role.SYNTHESISE:
        run = store().runs.get(brief.run_id)
        return checked(store(), run, brief, failure(str(blocker)), attempts=attempt, worker=worker_id())
    blockage = Blockage.of(blocker, brief.brief_id, worker_id(), brief.engine)
    came = store().blockers.block(brief, attempt, blockage, place)
    logger.info("brief %s: %s (%s): %s", brief.brief_id, blockage.obstacle, came, blockage.details)
    if came in _REPORTED_NOW:
        late = Settlement(blockage=blockage, outcome=Outcome.ESCALATED, at=blockage.at)
        return after_help(store(), brief, late, attempt, worker_id())
    if came is Blocking.BLOCKED:
        relieve(brief.brief_id)
    raise Cancelled(Why.BLOCKED)


def relieve(brief_id: str) -> None:
    """Offer assists for a blocked brief, once, and send those whose turn it is."""
    blocked = store().blockers.blocked(brief_id)
    if blocked is None or blocked.state != "open":
        return
    (brief,) = store().briefs.get([brief_id])
    if not blocked.offered:
        run = store().runs.get(brief.run_id)
        lacking = blocked.blockage.wanted or (*brief.queries, brief.angle)
        means = Means(others(run, brief, blocked.blockage.engines), holders(run, lacking))
        store().blockers.offer(brief, offer(blocked.blockage, brief, means))
        blocked = store().blockers.blocked(brief_id) or blocked
    if not blocked.efforts:
        escalate(brief, "there was nobody to ask")
    send(blocked, _next(blocked.efforts))


def _next(efforts: Sequence[Effort]) -> list[Effort]:
    """Those that were never sent, of the best turn in which anything is under way or can be tried.

    A better answer is worth a few seconds: the recovery sends what has waited for longer.
    """
    alive = [each for each in efforts if each.state in {"waiting", "claimed"}]
    turn = min((_turn(each) for each in alive), default=0)
    return [each for each in alive if _turn(each) == turn and each.state == "waiting" and not each.sends]


def _turn(effort: Effort) -> int:
    return _TURNS.get(effort.assist.strategy, 1)


def send(blocked: Blocked, efforts: Sequence[Effort]) -> None:
    """Send the messages of assists, in one batch."""
    if not efforts:
        return
    store().assists.sent(blocked.blockage.brief_id, [each.assist.number for each in efforts])
    with batch() as producer:
        for effort in efforts:
            assist = effort.assist
            app.signature(
                queues.TASK_ASSIST,
                args=(assist.assist_id,),
                task_id=assist.assist_id,
                queue=queues.ASSIST,
                priority=queues.PRIORITY_ASSIST[assist.urgency],
                shadow="Assist",
                argsrepr=f"{assist.strategy} against {blocked.blockage.obstacle}",
                kwargsrepr=blocked.blockage.brief_id,
                ignore_result=True,
            ).apply_async(producer=producer, add_to_parent=False)


def escalate(brief: Brief, reason: str) -> None:
    """Give up on help for a brief, and have it resumed with what there is."""
    if store().assists.give_up(brief.brief_id, reason).settles:
        resume(brief)


def resume(brief: Brief) -> None:
    """Send a brief again whose blocker is settled."""
    blocked = store().blockers.blocked(brief.brief_id)
    store().briefs.sent([brief.brief_id])
    again(brief, blocked.place if blocked else {})


def look_elsewhere(brief: Brief, draft: Draft) -> Draft:
    """The draft; a gap raises `Blocker` where a shard that the run does not name holds what is missing."""
    if draft.kind is Kind.GAP and (found := holders(store().runs.get(brief.run_id), brief.queries)):
        raise Blocker(
            f"{', '.join(found)} has words of “{words.shorten(brief.angle, 90)}” that the run's lack.",
            Obstacle.MISSING_CONTEXT,
            so_far=draft,
            wanted=brief.queries,
        )
    return draft
