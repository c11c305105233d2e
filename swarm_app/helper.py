"""How a persistent helper is started: options of Celery, and settings in its environment."""

from collections.abc import Mapping

from swarm_app.queues import ASSIST

HELPER = (
    "-Q",
    ASSIST,
    "-c",
    "1",
    "-n",
    "helper-%i@%h",
)  # so that every task it takes is counted before the next


def leaving(limits: Mapping[str, float | None]) -> dict[str, str]:
    """The variables that say when a helper leaves: ``max_tasks``, ``max_seconds``, ``idle_seconds``."""
    told = {name: limit for name, limit in limits.items() if limit is not None}
    return {f"SWARM_HELPER_{name.upper()}": f"{limit:g}" for name, limit in told.items()}
