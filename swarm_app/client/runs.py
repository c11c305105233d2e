"""A new run's record: what is asked, of which documents, under which names."""

import time
from collections.abc import Mapping, Sequence

from swarm_app.aliases import merged
from swarm_app.contracts.budget import Budget
from swarm_app.contracts.documents import Shard
from swarm_app.contracts.ids import new_run_id
from swarm_app.contracts.insights import Peers
from swarm_app.contracts.plan import Plan
from swarm_app.contracts.run import Estimate, Run
from swarm_app.errors import UsageError
from swarm_app.store.store import Store


def new_run(
    question: str,
    plan: Plan,
    engine: str,
    shards: Sequence[Shard],
    store: Store,
    *,
    deadline_s: float | None = None,
    max_briefs: int | None = None,
    elsewhere: bool = False,
    budget_usd: float | None = None,
    budget_tokens: int | None = None,
    engine_budgets: Mapping[str, Budget] | None = None,
    estimate: Estimate | None = None,
    insights: Peers = Peers.RUN,
) -> Run:
    """A run over these shards, not stored yet."""
    roots, aliases = merged({shard.name: shard.roots for shard in shards})
    documents, lines, tokens = _measured(shards, store)
    return Run(
        run_id=new_run_id(),
        question=question,
        plan=plan,
        engine=engine,
        shards=tuple(shard.name for shard in shards),
        aliases=aliases,
        roots=roots,
        versions={shard.name: shard.version for shard in shards},
        documents=documents,
        lines=lines,
        tokens=tokens,
        skipped=tuple(skipped for shard in shards for skipped in shard.skipped),
        deadline_s=deadline_s,
        max_briefs=max_briefs,
        elsewhere=elsewhere,
        budget_usd=budget_usd,
        budget_tokens=budget_tokens,
        engine_budgets=dict(engine_budgets or {}),
        estimate=estimate,
        insights=insights,
        queued_at=time.time(),
    )


def heard(insights: str) -> Peers:
    """Whose insights a run wants; raises `UsageError` for another word."""
    if insights not in set(Peers):
        raise UsageError(f"insights is {' or '.join(Peers)}, not {insights!r}.")
    return Peers(insights)


def _measured(shards: Sequence[Shard], store: Store) -> tuple[int, int, int]:
    """Documents, lines and tokens in all shards: what several of them hold is counted once."""
    if len(shards) == 1:
        return shards[0].documents, shards[0].lines, shards[0].tokens
    parts = {part for shard in shards for part in store.shards.parts(shard.name)}
    lines = sum(part.end - part.start + 1 for part in parts)
    return len({(part.path, part.sha256) for part in parts}), lines, sum(part.tokens for part in parts)
