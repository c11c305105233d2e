"""The one door that every finding comes through: its citations checked against what the run's shards hold."""

import time
from collections.abc import Mapping, Sequence

from swarm_app import words
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

MOST_SUMMARY = 10_000  # characters: what happened in a run repeats them
MOST_DRAFT = 1_000_000  # characters, as JSON
_COSTS = {"input_tokens", "output_tokens", "cost_usd", "engine", "receipt"}


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
    """A draft as a finding: every citation bound to a document version and checked, what fails dropped.

    A summary of more than `MOST_SUMMARY` characters is cut. A draft of more than `MOST_DRAFT` is a failure.
    """
    draft = _bounded(draft)
    written = brief.role is Role.SYNTHESISE  # of findings that bound its citations, for no peer to build on
    held = {} if written else _held(store, run, _paths(draft))
    kept, evidence = gate_draft(draft, store.documents, None if written else _versions(held))
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
        topics=() if written else _topics(run, kept, held),
    )


def gated(store: Store, run: Run, draft: Draft) -> tuple[Draft, EvidenceCount]:
    """A draft without what fails, bound to what the run's shards hold, and the count of its citations.

    It is cut, or a failure, as in `checked`.
    """
    draft = _bounded(draft)
    return gate_draft(draft, store.documents, versions(store, run, _paths(draft)))


def failure(reason: str) -> Draft:
    """The draft of a worker that could not do its brief."""
    return Draft(kind=Kind.FAILED, summary=reason, confidence=0.0)


def versions(store: Store, run: Run, paths: Sequence[str]) -> dict[str, str]:
    """The sha256 of each of these paths of a run, as its shards hold them now; unknown paths are left out."""
    return _versions(_held(store, run, paths))


def _bounded(draft: Draft) -> Draft:
    """The draft as far as a finding has room for it; a failure that has its costs where it is too large."""
    if (size := len(draft.model_dump_json())) > MOST_DRAFT:
        reason = (
            f"The draft has {size:,} characters as JSON, and a finding may have {MOST_DRAFT:,}. "
            "Its engine must hand in less."
        )
        return draft.model_copy(update=failure(reason).model_dump(exclude=_COSTS))
    if len(draft.summary) > MOST_SUMMARY:
        return draft.model_copy(update={"summary": words.shorten(draft.summary, MOST_SUMMARY)})
    return draft


def _versions(held: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """From path to sha256; of shards that hold one path, the last decides."""
    return {path: sha256 for found in held.values() for path, sha256 in found.items()}


def _topics(run: Run, draft: Draft, held: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """Where peers come across it, by the shards that hold what it cites."""
    left = set(_paths(draft))
    return topics.published(run, draft, [shard for shard, found in held.items() if left & found.keys()])


def _paths(draft: Draft) -> list[str]:
    return sorted({citation.path for citation in cited(draft)})


def _held(store: Store, run: Run, paths: Sequence[str]) -> dict[str, dict[str, str]]:
    """Shard -> path -> sha256, for those of these paths that it holds."""
    aliases = Aliases(run.aliases)
    held: dict[str, dict[str, str]] = {}
    for shard in run.shards:
        inside = {aliases.inside(shard, path): path for path in paths}
        found = store.shards.versions(shard, list(inside))
        held[shard] = {inside[path]: sha256 for path, sha256 in found.items()}
    return held
