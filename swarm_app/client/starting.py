"""What is said before shards are started: a process each, which may be more than a machine serves well."""

from collections.abc import Sequence

from swarm_app.contracts.documents import Shard
from swarm_app.plural import counted

_MANY = 8  # shards for each core


def starting(shards: Sequence[Shard], cores: int) -> str:
    """How much is started, and how to start less if that is much for so many ``cores``."""
    documents, tokens = sum(each.documents for each in shards), sum(each.tokens for each in shards)
    told = (
        f"starting {counted(len(shards), 'shard')}: {counted(documents, 'document')}, "
        f"{counted(tokens, 'token')}"
    )
    if len(shards) <= _MANY * cores:
        return told
    return (
        f"{told}. That is a process each, and many for {counted(cores, 'core')}. Ctrl-C, if it is not "
        f"what you meant; one large shard is lighter: swarm shard load NAME PATH… --capacity {tokens}"
    )
