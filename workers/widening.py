"""A run as it is asked for one brief: with other shards beside its own."""

from collections.abc import Sequence

from swarm_app.aliases import merged
from swarm_app.contracts.run import Run
from swarm_app.store.store import Store


def widened(store: Store, run: Run, shards: Sequence[str]) -> Run:
    """The run with other shards to ask: their paths are unique beside its own, and its own go before."""
    aliases, roots = dict(run.aliases), run.roots
    for shard in shards:
        if record := store.shards.find(shard):
            roots, more = merged({"": roots, shard: record.roots})
            aliases |= more
    asked = {"shards": (*shards, *run.shards), "aliases": aliases, "roots": roots}
    return run.model_copy(update=asked)
