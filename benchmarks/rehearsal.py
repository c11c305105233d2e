"""A run without processes: the same planner, engine, checks and synthesis over shards in memory.

No Celery, no server, no threads: a run of the demo's size takes some seconds, and twice the same is the same.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from shard.context import ShardContext
from shard.loading import loaded
from shard.merge import WIDE, merge
from shard.planner import Holding, plan_pass
from shard.statistics import combined
from shard.synthesis import synthesise
from swarm_app.contracts.documents import Document, Excerpt
from swarm_app.contracts.plan import Plan
from swarm_app.contracts.research import Brief, Draft, Finding, Synthesis
from swarm_app.contracts.run import Run
from swarm_app.documents.ingest import ingest
from swarm_app.documents.pack import pack
from swarm_app.documents.text import CHARS_PER_TOKEN
from swarm_app.evidence import gate_draft
from workers.extractive import ExtractiveEngine

_CAPACITY, _MAX_BYTES = 200_000, 64_000_000
_LONG = 3600.0


class Library:
    """Paths as a run would load them: documents in as many shards as they need. A `Context` and a reader."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._documents: dict[str, Document] = {}
        self._lines: dict[str, Sequence[str]] = {}
        collection = ingest(paths, self, capacity=_CAPACITY, max_bytes=_MAX_BYTES)
        packed = pack(collection.measured, _CAPACITY)
        self.versions = {document.path: document.sha256 for document in collection.documents}
        self.holdings = [Holding(f"{number}", part) for number, parts in enumerate(packed) for part in parts]
        self._shards = [ShardContext(f"{number}") for number in range(len(packed))]
        for shard, parts in zip(self._shards, packed, strict=True):
            shard.load(loaded(part, self._lines[part.sha256]) for part in parts)

    def known(self, sha256s: Sequence[str]) -> Mapping[str, Document]:
        """Those of these documents that are here."""
        return {sha256: self._documents[sha256] for sha256 in sha256s if sha256 in self._documents}

    def put(self, documents: Sequence[tuple[Document, Sequence[str]]]) -> None:
        """Keep documents with their lines."""
        for document, lines in documents:
            self._documents[document.sha256], self._lines[document.sha256] = document, lines

    def text(self, path: str) -> str:
        """All of a document."""
        return "".join(self._lines[self.versions[path]])

    @property
    def remaining(self) -> float:
        """Seconds left: always enough; see `Context`."""
        return _LONG

    def search(
        self, queries: Sequence[str], *, tokens: int = 1000, scope: Sequence[str] = ()
    ) -> list[list[Excerpt]]:
        """Excerpts for each query from all shards; see `Context`."""
        collection = combined(shard.statistics(queries) for shard in self._shards)
        found = [
            shard.pieces(queries, tokens=tokens, scope=scope, collection=collection) for shard in self._shards
        ]
        budget = CHARS_PER_TOKEN * tokens
        return [merge((pieces[place] for pieces in found), budget, WIDE) for place in range(len(queries))]

    def read(self, path: str, start: int, end: int) -> Excerpt | None:
        """Lines of a document; see `Context`."""
        parts = (shard.read(path, start, end) for shard in self._shards)
        return next((excerpt for excerpt in parts if excerpt is not None), None)

    def lines(self, sha256: str, start: int, end: int) -> list[str] | None:
        """Lines of a document version, as `swarm_app.evidence` reads them."""
        held = self._lines.get(sha256)
        return None if held is None else list(held[start - 1 : end])


def research(question: str, plan: Plan, library: Library) -> tuple[Synthesis, ...]:
    """The syntheses of a run's passes, in order; the last one has the answer."""
    run = Run(run_id="run", question=question, plan=plan, engine="extractive", shards=("0",), queued_at=0.0)
    done: list[Synthesis] = []
    for number in range(1, len(plan.passes) + 1):
        briefs = plan_pass(run, number, done, library.holdings)
        findings = [_finding(brief, library) for brief in briefs]
        done.append(synthesise(run, number, briefs, findings, done))
    return tuple(done)


def _finding(brief: Brief, library: Library) -> Finding:
    draft = ExtractiveEngine().investigate(brief, library)
    kept, evidence = gate_draft(draft, library, library.versions)
    return Finding(
        **{name: getattr(kept, name) for name in Draft.model_fields if name != "engine"},
        finding_id=brief.brief_id,
        run_id=brief.run_id,
        brief_id=brief.brief_id,
        pass_number=brief.pass_number,
        worker_id="rehearsal",
        engine=brief.engine,
        reported_at=0.0,
        evidence=evidence,
    )
