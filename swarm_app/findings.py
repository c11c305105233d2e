"""The one door that every finding comes through: its citations checked against what the run's shards hold."""

import time
from collections.abc import Mapping, Sequence

from swarm_app.aliases import Aliases
from swarm_app.contracts.ids import finding_id
from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Brief, Draft, Finding, Kind
from swarm_app.contracts.run import Run
from swarm_app.evidence import cited, gate_draft
from swarm_app.insights import topics
from swarm_app.store.store import Store


def checked(store: Store, run: Run, brief: Brief, draft: Draft, *, attempts: int, worker: str) -> Finding:
    """A draft as a finding: every citation bound to a document version and checked, what fails dropped."""
    paths = sorted({citation.path for citation in cited(draft)})
    held = _held(store, run, paths)
    written = brief.role is Role.SYNTHESISE  # of findings whose citations are bound, for no peer to build on
    bound = None if written else _versions(held)
    kept, evidence = gate_draft(draft, store.documents, bound)
    left = {citation.path for citation in cited(kept)}
    shards = [shard for shard, found in held.items() if left & found.keys()]
    made = {name: getattr(kept, name) for name in Draft.model_fields}
    return Finding(
        **made | {"engine": kept.engine or brief.engine},
        finding_id=finding_id(brief.brief_id),
        run_id=brief.run_id,
        brief_id=brief.brief_id,
        pass_number=brief.pass_number,
        worker_id=worker,
        attempts=attempts,
        reported_at=time.time(),
        evidence=evidence,
        topics=() if written else topics.published(run, kept, shards),
    )


def failure(reason: str) -> Draft:
    """The draft of a worker that could not do its brief."""
    return Draft(kind=Kind.FAILED, summary=reason, confidence=0.0)


def versions(store: Store, run: Run, paths: Sequence[str]) -> dict[str, str]:
    """The sha256 of each of these paths of a run, as its shards hold them now; unknown paths are left out."""
    return _versions(_held(store, run, paths))


def _versions(held: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """From path to sha256; of shards that hold one path, the last decides."""
    return {path: sha256 for found in held.values() for path, sha256 in found.items()}


def _held(store: Store, run: Run, paths: Sequence[str]) -> dict[str, dict[str, str]]:
    """Shard -> path -> sha256, for those of these paths that it holds."""
    aliases = Aliases(run.aliases)
    held: dict[str, dict[str, str]] = {}
    for shard in run.shards:
        inside = {aliases.inside(shard, path): path for path in paths}
        found = store.shards.versions(shard, list(inside))
        held[shard] = {inside[path]: sha256 for path, sha256 in found.items()}
    return held
