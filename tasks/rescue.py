"""Looking after blocked briefs: a lost assist is sent again, and what nobody solves escalates."""

import time
from collections.abc import Sequence

from swarm_app import queues
from swarm_app.contracts.run import BriefState
from swarm_app.settings import current
from swarm_app.store.blockers import Blocked, Effort
from swarm_app.store.briefs import Standing
from tasks.chords import is_empty
from tasks.process import store
from tasks.relief import escalate, relieve, send


def rescue(standings: Sequence[Standing], *, take_back: bool) -> None:
    """Look after the blocked briefs of a pass; ``take_back`` assists whose worker let the lease run out."""
    stirred = max((max(each.claimed_at, each.reported_at) for each in standings), default=0.0)
    for standing in standings:
        if standing.state is BriefState.BLOCKED and (blocked := store().blockers.blocked(standing.brief_id)):
            _rescue(blocked, stirred, take_back=take_back)


def _rescue(blocked: Blocked, stirred: float, *, take_back: bool) -> None:
    now, brief_id = time.time(), blocked.blockage.brief_id
    if not blocked.offered or not blocked.efforts:
        relieve(brief_id)
        return
    expired = [each for each in blocked.efforts if take_back and _has_expired(each, now)]
    gone = [each for each in expired if store().assists.expire(each.assist.assist_id)]
    due = [each for each in blocked.efforts if each.state == "waiting" and is_due(each, now)]
    if due and is_empty(queues.ASSIST):
        gone += due
    send(blocked, gone)
    if not gone and _is_overdue(blocked, max(stirred, blocked.blockage.at), now):
        (brief,) = store().briefs.get([brief_id])
        escalate(brief, f"nobody had helped after {current().assist_deadline} s")


def is_due(sent: Standing | Effort, now: float) -> bool:
    """Whether it was sent long enough ago, each time twice as long: a message may just be on its way."""
    return now - sent.sent_at >= current().recovery_interval * 2.0 ** min(sent.sends, 6) / 2


def _has_expired(effort: Effort, now: float) -> bool:
    return effort.state == "claimed" and effort.lease_until <= now


def _is_overdue(blocked: Blocked, since: float, now: float) -> bool:
    """Whether nobody is at it, long after the last brief of its pass was taken up or done.

    Briefs go before assists; so as long as some wait for a worker, that nobody helps says nothing.
    """
    at_work = any(each.state == "claimed" and each.lease_until > now for each in blocked.efforts)
    overdue = now - since >= current().assist_deadline
    return overdue and not at_work and is_empty(queues.RESEARCH)
