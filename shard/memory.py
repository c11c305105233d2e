"""`SwarmMemoryShard`: a shard with the face that the original's users know.

Contexts are documents of a shard, tasks are briefs on Celery queues, findings come through the checked door.
What was wrong there is right here: a task outlives its worker, a context is never cut, everything expires,
sources are checked.
"""

import time
from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import quote

from swarm_app.contracts.documents import Part, Shard
from swarm_app.contracts.ids import brief_id, new_run_id
from swarm_app.contracts.plan import PassSpec, Plan, Role
from swarm_app.contracts.research import Brief, Finding, Synthesis
from swarm_app.contracts.run import Run, RunState
from swarm_app.documents.pack import whole
from swarm_app.documents.read import parse
from swarm_app.documents.record import record
from swarm_app.embedded import ensure_server
from swarm_app.errors import CapacityError
from swarm_app.settings import Settings, current, load
from swarm_app.spawn import spawn
from swarm_app.store.changes import Change, Snapshot
from swarm_app.store.store import Store

_ENGINE = "extractive"  # what a plain Celery worker does such a task with


class SwarmMemoryShard:
    """A memory shard named by its ``specialization``.

    Without ``redis_host``, it uses what everything here uses: `SWARM_REDIS_URL`, else the embedded server.
    """

    def __init__(
        self,
        specialization: str,
        *,
        redis_host: str | None = None,
        redis_port: int = 6379,
        redis_password: str | None = None,
        redis_ssl: bool = False,
    ) -> None:
        self.specialization = specialization
        self._url = redis_host and _url(redis_host, redis_port, redis_password, ssl=redis_ssl)
        self._settings: Settings = load(redis_url=self._url) if self._url else current()
        self._spawned = 0

    @cached_property
    def _store(self) -> Store:
        ensure_server(self._settings)
        return Store(self._settings)

    @cached_property
    def _run(self) -> Run:
        """One run holds what this object spawns; it never ends by itself, and expires like any other."""
        spec = PassSpec(name=self.specialization[:60], role=Role.SIGNAL, workers=1)
        run = Run(
            run_id=new_run_id(),
            question=self.specialization,
            plan=Plan(name="original", summary="Tasks spawned one by one.", passes=(spec,)),
            engine=_ENGINE,
            shards=(self.specialization,),
            queued_at=time.time(),
        )
        self._store.runs.create(run, state=RunState.RUNNING)
        return run

    def load_context(self, context: str, filename: str) -> int:
        """Add a text to the shard, or replace the one of that name; returns its tokens.

        Raises `CapacityError` when the shard would hold more than its capacity, `DocumentError` when the
        text is empty.
        """
        text = parse(filename, context.encode(), max_chars=self._settings.max_document_bytes)
        self._store.documents.put([(text.document, text.lines)])
        part, look = whole(text.document), self._store.shards.snapshot
        self._store.shards.load(lambda: [_with(look(self.specialization), part, self._settings.capacity)])
        return text.document.tokens

    def spawn_worker_task(
        self, task_type: str, description: str, context: Mapping[str, Any], pass_name: str = ""
    ) -> str:
        """Put a task on the Celery queue named ``task_type``; returns its id.

        A plain worker takes it with ``-Q TASK_TYPE``; an `EphemeralWorker` claims it there. ``context`` is
        the task's own (``query`` is what a plain worker searches for).
        """
        self._spawned += 1
        query = str(context.get("query") or description)
        brief = Brief(
            brief_id=brief_id(self._run.run_id, 1, self._spawned),
            run_id=self._run.run_id,
            pass_number=1,
            pass_name=pass_name or task_type,
            number=self._spawned,
            of=self._spawned,
            role=Role.SIGNAL,
            engine=_ENGINE,
            queue=task_type,
            question=query,
            angle=description,
            queries=(query,),
            shards=(self.specialization,),
            extra=dict(context),
        )
        spawn(self._store, brief, self._url)
        return brief.brief_id

    def get_all_findings(self, task_type: str | None = None) -> list[dict[str, Any]]:
        """The findings of this object's tasks, also when their workers are gone; of one type, or of all."""
        findings = self._store.runs.findings(self._run.run_id)
        briefs = self._store.briefs.get([finding.brief_id for finding in findings])
        return [
            _told(finding, brief)
            for finding, brief in zip(findings, briefs, strict=True)
            if task_type in {None, brief.queue}
        ]

    def synthesize_findings(self, pass_name: str, synthesis: str, finding_ids: list[str]) -> str:
        """Store what the findings come to; returns the id of the run that keeps it. The last one stands."""
        concluded = Synthesis(
            run_id=self._run.run_id,
            pass_number=1,
            pass_name=pass_name,
            role=Role.SIGNAL,
            summary=synthesis,
            findings=tuple(finding_ids),
            reported=len(finding_ids),
            at=time.time(),
        )
        self._store.passes.put(concluded)
        return self._run.run_id


def _url(host: str, port: int, password: str | None, *, ssl: bool) -> str:
    secret = f":{quote(password, safe='')}@" if password else ""
    return f"{'rediss' if ssl else 'redis'}://{secret}{host}:{port}/0"


def _with(before: Snapshot, part: Part, capacity: int) -> Change:
    """The shard as it stands, with this document; its folders, and what was skipped in them, stay."""
    old = before.shard or Shard(name=before.name, capacity=capacity)
    parts = [*(held for held in before.parts if held.path != part.path), part]
    new = record(old.name, parts, max(old.capacity, capacity), old.roots, old.skipped)
    if new.tokens > new.capacity:
        raise CapacityError(
            f"Shard {new.name} holds {new.capacity:,} tokens, and this makes {new.tokens:,}. "
            "Load the rest into another shard, or raise SWARM_CAPACITY."
        )
    return Change(before, new, parts)


def _told(finding: Finding, brief: Brief) -> dict[str, Any]:
    return {
        "finding_id": finding.finding_id,
        "task_id": finding.brief_id,
        "task_type": brief.queue,
        "summary": finding.summary,
        "sources": [citation.source for citation in finding.citations],
        "confidence": finding.confidence,
        "worker_id": finding.worker_id,
        "citations": [citation.model_dump(mode="json") for citation in finding.citations],
    }
