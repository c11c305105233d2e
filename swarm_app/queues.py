"""Queues, routes and priorities: the one place that names them.

On Redis, priority 0 is the highest. The namespace is added to every queue's key by the transport
(`global_keyprefix`), so that `celery -A swarm_app worker -Q research,assist` reads as it should.
"""

from collections.abc import Iterable

from kombu import Queue

from swarm_app.contracts.help import Urgency

RESEARCH = "research"
ASSIST = "assist"
_OF_A_SHARD = "shard."

PRIORITY_DRIVE = 0  # starting and synthesising: everything else waits for it
PRIORITY_SEARCH = 3  # a worker is waiting for the answer
PRIORITY_BRIEF = 6
PRIORITY_ASSIST = {Urgency.HIGH: 7, Urgency.NORMAL: 8, Urgency.LOW: 9}  # briefs come first
PRIORITY_STEPS = [0, 3, 6, 7, 8, 9]

TASK_RESEARCH = "swarm.research"
TASK_ASSIST = "swarm.assist"
TASK_RELIEVE = "swarm.relieve"
TASK_START = "swarm.start"
TASK_SYNTHESISE = "swarm.synthesise"
TASK_SEARCH = "swarm.search"
TASK_CONCLUDE = "swarm.conclude"


def shard_queue(name: str) -> str:
    """The queue that only the nodes of one shard consume."""
    return f"{_OF_A_SHARD}{name}"


def shards_of(consumed: Iterable[str]) -> list[str]:
    """The shards whose queues are among these."""
    return [queue.removeprefix(_OF_A_SHARD) for queue in consumed if queue.startswith(_OF_A_SHARD)]


def declared() -> list[Queue]:
    """The queues that exist without being asked for. Shards and task types add theirs by name.

    Direct queues only: with Redis, a custom exchange's bindings are a key that can be lost, and what is
    published without them is silently discarded.
    """
    return [Queue(RESEARCH), Queue(ASSIST)]


def routes() -> dict[str, dict[str, str | int]]:
    """Where a task goes when its sender names no queue."""
    return {
        TASK_RESEARCH: {"queue": RESEARCH, "priority": PRIORITY_BRIEF},
        TASK_ASSIST: {"queue": ASSIST, "priority": PRIORITY_ASSIST[Urgency.NORMAL]},
        TASK_RELIEVE: {"queue": ASSIST, "priority": PRIORITY_ASSIST[Urgency.HIGH]},
    }
