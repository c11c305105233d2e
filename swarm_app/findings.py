"""The one door that every finding comes through: its citations checked against what the run's shards hold."""

import time
from collections.abc import Sequence

from swarm_app.aliases import Aliases
from swarm_app.contracts.documents import EvidenceCount
from swarm_app.contracts.help import Helped
from swarm_app.contracts.ids import finding_id
from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Brief, Draft, Finding, Kind
from swarm_app.contracts.run import Run
from swarm_app.evidence import cited, gate_draft
from swarm_app.insights import topics
from swarm_app.store.store import Store


def checked(
    store: Store,
    run: Run,
    brief: Brief,
    draft: Draft,
    *,
    attempts: int,
    worker: str,
    helped: Helped | None = None,
) -> Finding:
    """A draft as a finding: every citation bound to a document version and checked, what fails dropped."""
    kept, evidence = gated(store, run, draft, bind=brief.role is not Role.SYNTHESISE)
    made = {name: getattr(kept, name) for name in Draft.model_fields}
    return Finding(
        **made | {"engine": kept.engine or brief.engine},
        finding_id=finding_id(brief.brief_id),
        run_id=brief.run_id,
        brief_id=brief.brief_id,
        pass_number=brief.pass_number,
        facet=brief.facet,
        worker_id=worker,
        attempts=attempts,
        reported_at=time.time(),
        evidence=evidence,
        helped=helped,
        topics=() if brief.role is Role.SYNTHESISE else _topics(store, run, kept),
    )


def gated(store: Store, run: Run, draft: Draft, *, bind: bool = True) -> tuple[Draft, EvidenceCount]:
    """A draft without what fails, and the count of its citations.

    They are bound to what the run's shards hold, unless (``bind``) findings bound them before.
    """
    paths = sorted({citation.path for citation in cited(draft)})
    return gate_draft(draft, store.documents, versions(store, run, paths) if bind else None)


def failure(reason: str) -> Draft:
    """The draft of a worker that could not do its brief."""
    return Draft(kind=Kind.FAILED, summary=reason, confidence=0.0)


def versions(store: Store, run: Run, paths: Sequence[str]) -> dict[str, str]:
    """The sha256 of each of these paths of a run, as its shards hold them now; unknown paths are left out.

    Of shards that hold one path, the last decides.
    """
    held = _held(store, run, paths)
    return {path: sha256 for found in held.values() for path, sha256 in found.items()}


def _topics(store: Store, run: Run, draft: Draft) -> tuple[str, ...]:
    """Where peers come across it, by the shards that hold what it cites."""
    held = _held(store, run, sorted({citation.path for citation in cited(draft)}))
    return topics.published(run, draft, [shard for shard, found in held.items() if found])


def _held(store: Store, run: Run, paths: Sequence[str]) -> dict[str, dict[str, str]]:
    """Shard -> path -> sha256, for those of these paths that it holds."""
    aliases = Aliases(run.aliases)
    held: dict[str, dict[str, str]] = {}
    for shard in run.shards:
        inside = {aliases.inside(shard, path): path for path in paths}
        found = store.shards.versions(shard, list(inside))
        held[shard] = {inside[path]: sha256 for path, sha256 in found.items()}
    return held
