"""Looking after runs: one node, elected among the shards', finds those that are stuck and drives them on.

It is needed because a chord alone can stall: a message is lost with the broker's memory or with a worker, a
body with the worker that counted the last part. It never trusts a message to arrive; it reads the store.
"""

import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from celery import bootsteps
from celery.utils.log import get_logger

from swarm_app.celery import app
from swarm_app.contracts.engines import any_model
from swarm_app.contracts.ids import brief_id
from swarm_app.contracts.run import BriefState, Run
from swarm_app.errors import SwarmError
from swarm_app.queues import shards_of
from swarm_app.settings import current
from swarm_app.spawn import send_lost
from swarm_app.store.briefs import Standing
from tasks.chords import is_empty
from tasks.closing import at_work
from tasks.drive import drive
from tasks.process import store
from tasks.rescue import is_due, rescue
from tasks.stragglers import stragglers

logger = get_logger(__name__)

_TERMS = 3  # rounds that a silent node stays elected
_RECONNECTS = 1.0  # seconds between two tries of a patient client


class Recovery(bootsteps.StartStopStep):
    """Runs in every node that serves a shard; works in the one that is elected.

    In the shards rather than in Celery beat: a run needs its shards anyway, so nothing more has to be started
    or kept alive, and the one that dies is replaced by an election.
    """

    requires = ("celery.worker.components:Pool",)

    def __init__(self, parent: Any, **kwargs: Any) -> None:
        super().__init__(parent, **kwargs)
        self.enabled = bool(shards_of(parent.app.amqp.queues.consume_from))
        self._stopped = threading.Event()

    def start(self, parent: Any) -> None:
        """Begin to look."""
        threading.Thread(target=self._watch, args=(parent.hostname,), name="recovery", daemon=True).start()

    def stop(self, parent: Any) -> None:
        """Resign, so that another is elected at once."""
        self._stopped.set()
        with suppress(SwarmError):
            store().election.resign(parent.hostname)

    terminate = stop

    def _watch(self, node: str) -> None:
        """Look, round by round; after a silence of the server leave briefs to the next heartbeats."""
        interval, heard, grace = current().recovery_interval, time.monotonic(), 0.0
        while not self._stopped.wait(interval):
            try:
                elected = store().election.stand(node, interval * _TERMS)
                silence, heard = time.monotonic() - heard, time.monotonic()
                if silence > interval * _TERMS:
                    grace = heard + current().lease / 2 + _RECONNECTS
                if elected:
                    look_after_runs(take_back=heard > grace)
            except Exception:
                logger.exception("looking after runs failed; trying again in %s s", interval)


def look_after_runs(*, take_back: bool = True) -> None:
    """Look after every run that is queued or running, and after tasks that belong to no pass."""
    for run_id in store().runs.active():
        try:
            look_after(run_id, take_back=take_back)
        except SwarmError as error:
            logger.warning("run %s: %s", run_id, error)
        except Exception:  # one run's fault must not keep the others waiting
            logger.exception("run %s cannot be looked after", run_id)
    if take_back:  # last: a queue that takes no message must not keep the runs waiting
        send_lost(store())


def look_after(run_id: str, *, take_back: bool = True) -> None:
    """Drive a run one step further, if it is stuck, and ``take_back`` what its workers have lost.

    Nothing is taken back either when the server was silent meanwhile: who lives could not renew a lease.
    """
    began, interval = time.monotonic(), current().recovery_interval
    store().runs.start_if_queued_since(run_id, time.time() - interval)

    def missing(run: Run, number: int, standings: Sequence[Standing]) -> list[Standing]:
        heard = time.monotonic() - began < interval
        gone = lost(run, number, standings) if take_back and heard else []
        rescue(standings, take_back=take_back and heard)
        return [*gone, *_unheard(run, number, standings)]

    drive(run_id, choose=missing)


def lost(run: Run, number: int, standings: Sequence[Standing]) -> list[Standing]:
    """The claimed briefs of a pass that others have to do.

    Those whose worker let the lease run out; and stragglers, for a second worker, unless that were their last
    attempt, or a model does them.
    """
    now = time.time()
    theirs = any_model(run.engines(number))  # whose slow calls are hedged one by one
    slow = [each for each in stragglers(standings, now) if not theirs and each.used < current().attempts - 1]
    for straggler in slow:
        store().briefs.hedge(straggler.brief_id)
    expired = [each for each in _to_take_back(standings, now) if store().briefs.expire(each.brief_id)]
    return [*expired, *slow]


def _unheard(run: Run, number: int, standings: Sequence[Standing]) -> list[Standing]:
    """The briefs that wait although their queue is empty, so that the message is lost."""
    now = time.time()
    due = [each for each in standings if each.state is BriefState.WAITING and is_due(each, now)]
    return due if due and _is_empty(run, number) else []


def _to_take_back(standings: Sequence[Standing], now: float) -> list[Standing]:
    """The claims whose lease has ended; of those that have one attempt left, one at a time.

    A brief that kills its worker takes along what else is worked on there. So last attempts are not made side
    by side: the others survive theirs.
    """
    most = current().attempts
    ended = [each for each in standings if _has_expired(each, now)]
    last = [each for each in ended if each.used == most - 1]
    under_way = any(
        each.used == (most if at_work(each, now) else most - 1)
        for each in standings
        if each.state is not BriefState.REPORTED and each not in ended
    )
    return [each for each in ended if each not in last] + last[: 0 if under_way else 1]


def _has_expired(standing: Standing, now: float) -> bool:
    return standing.state is BriefState.CLAIMED and standing.lease_until <= now


def _is_empty(run: Run, number: int) -> bool:
    """Whether no message waits in the queue of the pass's briefs."""
    return is_empty(store().briefs.get([brief_id(run.run_id, number, 1)])[0].queue)


app.steps["worker"].add(Recovery)
