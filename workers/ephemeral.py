"""`EphemeralWorker`: a worker outside Celery, with the face that the original's users know.

It claims from the same Celery queues, with the same lease, and reports through the same checked door.
"""

import os
import socket
from collections.abc import Mapping
from queue import Empty
from typing import Any
from uuid import uuid4

from celery.app.task import Context as TaskContext
from kombu.message import Message
from kombu.simple import SimpleQueue

from swarm_app.celery import app
from swarm_app.contracts.research import Brief, Draft, Kind
from swarm_app.errors import ClaimError
from swarm_app.findings import checked
from swarm_app.settings import current
from swarm_app.sources import citation
from swarm_app.store.briefs import Claim
from swarm_app.store.store import Store


class EphemeralWorker:
    """Claims one task, reports one finding, forgets everything."""

    def __init__(self) -> None:
        self.worker_id = f"outside-{uuid4().hex[:8]}@{socket.gethostname()}.{os.getpid()}"
        self._connection = app.connection_for_read()
        self._store = Store(current())
        self._message: Message | None = None
        self._brief: Brief | None = None
        self._attempts = 0

    def claim_task(self, queue: str, timeout: float = 0.0) -> dict[str, Any] | None:
        """Claim the next task of a queue (``queue:NAME`` or ``NAME``), waiting up to ``timeout`` seconds.

        Returns None when there is none. The message stays with the broker until the finding is reported: if
        this process dies, another worker gets the task.
        """
        self._let_go()
        while (message := self._next(queue.removeprefix("queue:"), timeout)) is not None:
            claimed = self._store.briefs.claim(message.payload[0][0], self.worker_id)
            if claimed.brief is not None:
                self._message, self._brief, self._attempts = message, claimed.brief, claimed.attempts
                return _told(claimed.brief)
            self._turn_away(message, claimed.outcome)
            if claimed.outcome is Claim.HELD:
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
        is dropped. Raises `ClaimError` without a task, or when the run takes no more reports, and
        `UsageError` for a source that cannot be read.
        """
        brief = self._claimed()
        run = self._store.runs.get(brief.run_id)
        draft = _draft(finding)
        made = checked(self._store, run, brief, draft, attempts=self._attempts, worker=self.worker_id)
        self._store.briefs.report(brief, made)
        self._acknowledge()
        return made.finding_id

    def close(self) -> None:
        """Give back what was claimed and not reported, and close the connections."""
        self._let_go()
        self._connection.close()
        self._store.close()

    def _next(self, queue: str, timeout: float) -> Message | None:
        with SimpleQueue(self._connection, queue) as simple:
            try:
                return simple.get(block=timeout > 0, timeout=timeout or None)
            except Empty:
                return None

    def _turn_away(self, message: Message, outcome: Claim) -> None:
        """A task that another worker holds goes back to its queue; one that is done with leaves it."""
        if outcome is Claim.HELD:
            message.requeue()
        else:
            message.ack()

    def _claimed(self) -> Brief:
        if self._brief is None:
            raise ClaimError("No task is claimed. Call claim_task first.")
        return self._brief

    def _acknowledge(self) -> None:
        """Count the task in its chord, if it has one, and take its message off the broker."""
        assert self._message is not None
        embedded = self._message.payload[2]
        request = TaskContext(self._message.headers, chord=embedded.get("chord"), ignore_result=True)
        app.backend.mark_as_done(request.id, None, request=request)
        self._message.ack()
        self._message = self._brief = None

    def _let_go(self) -> None:
        if self._message is not None and self._brief is not None:
            self._store.briefs.release(self._brief.brief_id, self._attempts)
            self._message.requeue()
        self._message = self._brief = None


def _told(brief: Brief) -> dict[str, Any]:
    return {
        "task_id": brief.brief_id,
        "type": brief.queue,
        "description": brief.angle,
        "context": brief.extra or {"query": brief.question},
        "pass_name": brief.pass_name,
    }


def _draft(finding: Mapping[str, Any]) -> Draft:
    return Draft(
        kind=Kind(finding.get("kind", Kind.CLAIM)),
        summary=str(finding.get("summary", "")),
        confidence=float(finding.get("confidence", 0.5)),
        citations=tuple(citation(source) for source in finding.get("sources", ())),
    )
