"""`EphemeralWorker`: a worker outside Celery, with the face that the original's users know.

It claims from the same Celery queues, with the same lease, and reports through the same checked door.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from queue import Empty
from typing import Any
from uuid import uuid4

from celery.app.task import Context as TaskContext
from kombu.message import Message
from kombu.simple import SimpleQueue

from swarm_app import helper, queues
from swarm_app.celery import app
from swarm_app.contracts.assist import Blockage, Blocker, Settlement
from swarm_app.contracts.research import Brief, Draft, Kind
from swarm_app.errors import ClaimError
from swarm_app.findings import checked
from swarm_app.settings import current
from swarm_app.sources import citation
from swarm_app.store.blockers import Blocking
from swarm_app.store.briefs import Claim
from swarm_app.store.store import Store
from workers.strategies import settled


class EphemeralWorker:
    """Claims one task, reports one finding, forgets everything."""

    def __init__(self) -> None:
        self.worker_id = f"outside-{uuid4().hex[:8]}@{socket.gethostname()}.{os.getpid()}"
        self._connection = app.connection_for_read()
        self._store = Store(current())
        self._message: Message | None = None
        self._brief: Brief | None = None
        self._attempts = 0
        self._settlement: Settlement | None = None  # of a task that was blocked

    def claim_task(self, queue: str, timeout: float = 0.0) -> dict[str, Any] | None:
        """Claim the next task of a queue (``queue:NAME`` or ``NAME``), waiting up to ``timeout`` seconds.

        Returns None when there is none. One that was blocked has ``help``: how that ended, who helped, and
        the finding to report, if there is one. The message stays with the broker until the finding is
        reported: if this process dies, another worker gets the task.
        """
        self._let_go()
        while (message := self._next(queue.removeprefix("queue:"), timeout)) is not None:
            claimed = self._store.briefs.claim(message.payload[0][0], self.worker_id)
            if claimed.brief is not None:
                self._message, self._brief, self._attempts = message, claimed.brief, claimed.attempts
                self._settlement = self._store.blockers.settlement(claimed.brief.brief_id)
                return _told(claimed.brief) | _help(self._settlement)
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
        told = settled.helped(self._settlement, run, run) if self._settlement else None
        made = checked(
            self._store, run, brief, draft, attempts=self._attempts, worker=self.worker_id, helped=told
        )
        self._store.briefs.report(brief, made)
        self._acknowledge()
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
        had = _draft(so_far) if so_far else None
        blocker = Blocker(details, obstacle, urgency=urgency, so_far=had, wanted=tuple(wanted))
        blockage = Blockage.of(blocker, brief.brief_id, self.worker_id)
        came = self._store.blockers.block(brief, self._attempts, blockage, _place(self._message))
        if came in {Blocking.SETTLED, Blocking.CLOSED}:
            return False
        if came is Blocking.BLOCKED:
            app.send_task(queues.TASK_RELIEVE, args=(brief.brief_id,), ignore_result=True)
        self._message.ack()
        self._message = self._brief = None
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
        limits = {"max_tasks": max_tasks, "max_seconds": max_seconds, "idle_seconds": idle_seconds}
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "swarm_app",
            "worker",
            *helper.options(),
            "-l",
            "WARNING",
        ]
        return subprocess.run(
            command, env=os.environ | helper.leaving(limits), stdout=subprocess.DEVNULL, check=False
        ).returncode

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


def _help(settlement: Settlement | None) -> dict[str, Any]:
    """What came of a blocked task, in the shape that `EphemeralWorker.report_finding` takes."""
    if settlement is None:
        return {}
    made = settled.draft(settlement)
    sources = [each.model_dump(include={"path", "start", "end", "quote"}) for each in made.citations]
    finding = {"summary": made.summary, "confidence": made.confidence, "sources": sources}
    told = {"outcome": settlement.outcome.value, "by": [each.worker for each in settlement.solutions]}
    return {"help": told | finding | {"kind": made.kind.value}}


def _place(message: Message) -> dict[str, Any]:
    """Where a message stands in its chord."""
    told = {name: message.headers.get(name) for name in ("group", "group_index")}
    return {**told, "chord": message.payload[2].get("chord")}


def _draft(finding: Mapping[str, Any]) -> Draft:
    return Draft(
        kind=Kind(finding.get("kind", Kind.CLAIM)),
        summary=str(finding.get("summary", "")),
        confidence=float(finding.get("confidence", 0.5)),
        citations=tuple(citation(source) for source in finding.get("sources", ())),
    )
