"""The processes of the swarm, as they say of themselves."""

from pydantic import ConfigDict, Field, NonNegativeInt, PositiveInt

from swarm_app.contracts.base import Contract


class Node(Contract):
    """A process of the swarm that is alive, as it last said of itself; it may be of another version."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str  # its Celery node name, "shard-history.1@host"
    kind: str  # shard or worker
    host: str
    pid: PositiveInt
    queues: tuple[str, ...] = ()
    started_at: float  # Unix seconds
    seen_at: float
    holds: dict[str, int] = Field(default_factory=dict)  # shard -> the version of it in this node's memory
    loading: dict[str, tuple[int, int]] = Field(default_factory=dict)  # shard -> documents done, in all
    concurrency: NonNegativeInt = 0
    tallies: dict[str, int] = Field(default_factory=dict)  # cache_hits and cache_misses of a shard
    lost: NonNegativeInt = 0  # engines that hang in it: it recycles itself when its other briefs have ended
    memory: NonNegativeInt = 0  # bytes, resident
