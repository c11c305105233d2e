"""When a pass may be concluded, and when a run has used up what it may."""

import time
from collections.abc import Sequence

from swarm_app.contracts.limits import Limit
from swarm_app.contracts.plan import PassSpec
from swarm_app.contracts.run import BriefState, Progress
from swarm_app.store.briefs import Standing


def enough(
    spec: PassSpec, standings: Sequence[Standing], progress: Progress, opened_at: float, now: float
) -> bool:
    """Whether a pass is concluded with what is reported.

    When all of it is; when its quorum is, after its soft deadline; at its deadline; or when the run has used
    up its deadline or its cap and no worker is at a brief any more. A failed report makes no quorum: it says
    nothing about the question. Times are Unix seconds.
    """
    reported = [each for each in standings if each.state is BriefState.REPORTED]
    if len(reported) == len(standings):
        return True
    age = now - opened_at
    answered = sum(not each.failed for each in reported)
    if spec.deadline_s is not None and age >= spec.deadline_s:
        return True
    if spec.quorum is not None and answered >= spec.quorum and age >= (spec.soft_deadline_s or 0.0):
        return True
    return limit_reached(progress, now=now) is not None and not any(at_work(each, now) for each in standings)


def at_work(standing: Standing, now: float) -> bool:
    """Whether a worker holds the brief and its lease runs."""
    return standing.state is BriefState.CLAIMED and standing.lease_until > now


def limit_reached(progress: Progress, *, now: float | None = None) -> Limit | None:
    """Why a run may not have another brief executed, or None."""
    moment = time.time() if now is None else now
    if progress.ends_at is not None and moment >= progress.ends_at:
        return Limit.DEADLINE
    if progress.most_briefs is not None and progress.executed >= progress.most_briefs:
        return Limit.MAX_BRIEFS
    return progress.budget_spent
