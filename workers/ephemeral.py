"""`EphemeralWorker`: a worker outside Celery, with the face that the original's users know.

It claims from the same Celery queues, keeps the same lease by the same heartbeats, hears what peers found,
and reports through the same checked door.
"""

import os
import socket
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache, partial
from typing import Any
from uuid import uuid4

from kombu.message import Message

from swarm_app import helper, queues
from swarm_app.celery import app
from swarm_app.claims import Claims, Held
from swarm_app.contracts.assist import Blockage, Blocker, Settlement
from swarm_app.contracts.research import Brief, Finding
from swarm_app.errors import ClaimError
from swarm_app.findings import checked
from swarm_app.insights.hearing import compared, informed
from swarm_app.settings import current
from swarm_app.spawn import send_lost
from swarm_app.store.blockers import Blocking
from swarm_app.store.briefs import Claimed, Claiming
from swarm_app.store.store import Store
from workers import inbox, plain
from workers.inbox import Inbox
from workers.resumption import without_engine
from workers.strategies import settled
from workers.widening import widened

_LOOK = 1.0  # seconds between two looks for tasks that others have lost


class EphemeralWorker:
    """Claims one task, reports one finding, forgets everything."""

    def __init__(self) -> None:
        self.worker_id = f"outside-{uuid4().hex[:8]}@{socket.gethostname()}.{os.getpid()}"
        self._inbox = Inbox()
        self._store = Store(current())
        self._message: Message | None = None
        self._brief: Brief | None = None
        self._held: Held | None = None
        self._settlement: Settlement | None = None  # of a task that was blocked

    def claim_task(self, queue: str, timeout: float = 0.0) -> dict[str, Any] | None:
        """Claim the next task of a queue (``queue:NAME`` or ``NAME``), waiting up to ``timeout`` seconds.

        Returns None when there is none. ``insights`` are what peers found that bears on it. One that was
        blocked has ``help``: how that ended, who helped, and the finding to report, if there is one. The
        task stays this worker's until its finding is reported, however long that takes: if this process dies,
        another worker gets it.
        """
        self._let_go()
        while (message := self._next(queue.removeprefix("queue:"), timeout)) is not None:
            claimed = self._store.briefs.claim(inbox.brief_id(message), self.worker_id)
            if claimed.outcome is Claiming.GRANTED and claimed.brief is not None:
                return self._begin(message, claimed.brief, claimed.attempts)
            self._turn_away(message, claimed)
            if claimed.outcome is Claiming.HELD:
                return None
        return None

    def get_parent_context(self) -> str:
        """All the text that the claimed task's shards hold, uncut. Raises `ClaimError` without a task."""
        brief = self._claimed()
        parts = [part for shard in brief.shards for part in self._store.shards.parts(shard)]
        texts = [
            "".join(self._store.documents.lines(part.sha256, part.start, part.end) or ()) for part in parts
        ]
        return "\n".join(texts)

    def report_finding(self, finding: Mapping[str, Any]) -> str:
        """Report ``summary``, ``sources`` and ``confidence``; returns the finding's id.

        Sources are ``PATH:FIRST-LAST`` or ``PATH:LINE``, or objects with ``path``, ``start``, ``end`` and
        ``quote``: with a quote they are verified, without one they are marked unchecked; what does not stand
        is dropped. ``insights`` are the ids of those that led to it. What a peer reported meanwhile is linked
        instead of repeated. Raises `ClaimError` without a task, or when nothing was stored because another
        worker reported the task first or the run takes no more reports; and `UsageError` for a source that
        cannot be read, or an insight that was none of the task's.
        """
        brief = self._claimed()
        run = self._store.runs.get(brief.run_id)
        draft = plain.draft(finding, brief)
        helped = self._settlement
        wide = widened(self._store, run, settled.asked(helped)) if helped else run
        told = settled.helped(helped, run, wide) if helped else None
        made = checked(
            self._store, wide, brief, draft, attempts=self._attempt(), worker=self.worker_id, helped=told
        )
        self._hand_in(brief, compared(self._store, run, made))
        return made.finding_id

    def report_blocker(
        self,
        obstacle: str,
        details: str,
        *,
        urgency: str = "normal",
        so_far: Mapping[str, Any] | None = None,
        wanted: Sequence[str] = (),
    ) -> bool:
        """Say that one cannot go on with the claimed task, and let go of it: idle workers are asked to help.

        ``obstacle`` is one of rate_limit, refusal, missing_context, too_large and contradiction; ``so_far``
        is a finding as for `report_finding`, ``wanted`` are words that missing context would hold. What
        helpers come to is reported by whoever claims the task next. False where it is too late for help: then
        report what there is. Raises `ClaimError` without a task.
        """
        brief = self._claimed()
        assert self._message is not None
        had = plain.draft(so_far, brief) if so_far else None
        blocker = Blocker(details, obstacle, urgency=urgency, so_far=had, wanted=tuple(wanted))
        blockage = Blockage.of(blocker, brief.brief_id, self.worker_id)
        came = self._store.blockers.block(brief, self._attempt(), blockage, inbox.place(self._message))
        if came in {Blocking.SETTLED, Blocking.CLOSED}:
            return False
        if came is Blocking.BLOCKED:
            app.send_task(queues.TASK_RELIEVE, args=(brief.brief_id,), ignore_result=True)
        self._message.ack()
        self._forget()
        return True

    def run_persistent_helper_loop(
        self,
        *,
        max_tasks: int | None = None,
        max_seconds: float | None = None,
        idle_seconds: float | None = 300.0,
    ) -> int:
        """Take assists, one at a time, until so many were taken, or so much time or idleness has passed.

        It is a plain Celery worker in a process of its own; returns its exit status.
        """
        return helper.stay({"max_tasks": max_tasks, "max_seconds": max_seconds, "idle_seconds": idle_seconds})

    def close(self) -> None:
        """Give back what was claimed and not reported, and close the connections."""
        self._let_go()
        self._inbox.close()
        self._store.close()

    def _next(self, queue: str, timeout: float) -> Message | None:
        """The next message of a queue; what other workers have lost is sent again meanwhile."""
        deadline = time.monotonic() + timeout
        while True:
            send_lost(self._store)
            left = max(0.0, deadline - time.monotonic())
            message = self._inbox.next(queue, min(left, _LOOK))
            if message is not None or not left:
                return message

    def _begin(self, message: Message, brief: Brief, attempt: int) -> dict[str, Any]:
        renew = partial(self._store.briefs.renew, brief.brief_id, attempt)
        self._message, self._brief = message, brief
        self._held = _claims(os.getpid()).hold(brief, attempt, renew)
        try:
            return self._told(brief)
        except Exception:  # whoever never heard of the task cannot do it
            self._let_go()
            raise

    def _told(self, brief: Brief) -> dict[str, Any]:
        run = self._store.runs.get(brief.run_id)
        self._brief = informed(self._store, self._store.documents, run, brief)
        self._settlement = self._store.blockers.settlement(brief.brief_id)
        told = {"help": plain.help_with(self._settlement)} if self._settlement else {}
        return plain.task(self._brief) | told

    def _hand_in(self, brief: Brief, made: Finding) -> None:
        """Report a finding, and be done with the task, whether it stands or not."""
        try:
            first = self._store.briefs.report(brief, made) is not None
        except ClaimError:
            self._done()
            raise
        self._done()
        if not first and not self._is_stored(made):
            raise ClaimError(
                f"{brief.brief_id} was reported by another worker first, and that report stands. "
                "Nothing was stored. Claim another task."
            )

    def _is_stored(self, made: Finding) -> bool:
        """Whether the report that stands is this worker's own, sent again since its answer was lost."""
        stored = self._store.runs.finding(made.finding_id)
        return (stored.worker_id, stored.attempts) == (made.worker_id, made.attempts)

    def _turn_away(self, message: Message, claimed: Claimed) -> None:
        """A task that another worker holds goes back to its queue; one that is done with leaves it.

        One that had all of its attempts is reported as lost, or with what came of its blocker.
        """
        if claimed.outcome is Claiming.HELD:
            message.requeue()
        elif claimed.outcome is Claiming.EXHAUSTED:
            self._report_without_engine(claimed)
            inbox.count(message)
        else:
            message.ack()

    def _report_without_engine(self, claimed: Claimed) -> None:
        made = without_engine(self._store, claimed, self.worker_id)
        assert claimed.brief is not None
        assert made is not None
        with suppress(ClaimError):  # its run has ended meanwhile
            self._store.briefs.report(claimed.brief, made)

    def _claimed(self) -> Brief:
        if self._brief is None:
            raise ClaimError("No task is claimed. Call claim_task first.")
        return self._brief

    def _attempt(self) -> int:
        assert self._held is not None
        return self._held.attempt

    def _done(self) -> None:
        assert self._message is not None
        inbox.count(self._message)
        self._forget()

    def _let_go(self) -> None:
        """Give the task back, if there is one: to others it is as good as new."""
        if self._message is not None and self._held is not None:
            _claims(os.getpid()).drop(self._held)
            self._store.briefs.release(self._held.brief.brief_id, self._held.attempt)
            self._message.requeue()
        self._forget()

    def _forget(self) -> None:
        if self._held is not None:
            _claims(os.getpid()).drop(self._held)
        self._message = self._brief = self._held = self._settlement = None


@cache
def _claims(process: int) -> Claims:
    """What all outside workers of a process have claimed: one that is forked off keeps nothing of it."""
    return Claims()
