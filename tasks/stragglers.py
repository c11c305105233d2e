"""Stragglers: briefs that take far longer than the others of their pass are given to a second worker."""

from collections.abc import Sequence
from statistics import median

from swarm_app.contracts.run import BriefState
from swarm_app.store.briefs import Standing
from tasks.closing import at_work

FACTOR = 2.0  # times the median of its pass
LEAST = 2.0  # seconds: below that, a second worker costs more than it saves


def stragglers(standings: Sequence[Standing], now: float) -> list[Standing]:
    """The briefs at work for more than `FACTOR` times the median of those reported, once half are reported.

    Each is chosen once: a brief that has been given to a second worker has its ``hedge`` set.
    """
    took = [each.reported_at - each.claimed_at for each in standings if each.state is BriefState.REPORTED]
    if not took or len(took) * 2 < len(standings):
        return []
    longest = max(LEAST, FACTOR * median(took))
    return [
        each
        for each in standings
        if at_work(each, now) and not each.hedge and now - each.claimed_at > longest
    ]
