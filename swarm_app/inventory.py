"""What this process holds in memory, for `celery -A swarm_app inspect shard` and for its pulse.

Apart from the shards' own code: plain Celery's command line must know the command, and loads only the app.
"""

import threading
import time
from dataclasses import dataclass, field
from typing import Any

import psutil
from celery.worker.control import inspect_command

from swarm_app.contracts.documents import Shard

_SHOWN = {"documents", "lines", "tokens", "capacity", "version"}


@dataclass(frozen=True)
class Holding:
    """One shard at one version, in memory since some time (Unix seconds)."""

    shard: Shard
    since: float = field(default_factory=time.time)


holds: dict[str, Holding] = {}  # by the shard's name; written by whatever loads shards in this process

loading: dict[str, tuple[int, int]] = {}  # by the shard's name: documents done, in all, while it is loaded

news = threading.Event()  # set by whoever changes what is held: the pulse then tells it at once

tallies: dict[str, int] = {}  # cache_hits, cache_misses: written by whatever counts in this process


def versions() -> dict[str, int]:
    """The version of each shard that is held."""
    return {name: holding.shard.version for name, holding in holds.items()}


@inspect_command()
def shard(state: Any) -> dict[str, Any]:
    """What this node's shards hold: documents, lines, tokens, capacity, version, memory, since, cache hits.

    Memory is the whole process's, in bytes; since is in Unix seconds.
    """
    memory = psutil.Process().memory_info().rss
    return {
        name: holding.shard.model_dump(include=_SHOWN) | tallies | {"memory": memory, "since": holding.since}
        for name, holding in holds.items()
    }
