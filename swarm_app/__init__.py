"""Swarm: hard questions, answered from document collections too big for one model, with checked citations."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from swarm_app.celery import app
    from swarm_app.client import AsyncSwarm, Coordinator, Swarm
    from swarm_app.client import Coordinator as SonnetCoordinator

__all__ = ["AsyncSwarm", "Coordinator", "SonnetCoordinator", "Swarm", "app"]

_HOMES = {
    "app": ("swarm_app.celery", "app"),
    "AsyncSwarm": ("swarm_app.client", "AsyncSwarm"),
    "Coordinator": ("swarm_app.client", "Coordinator"),
    "SonnetCoordinator": ("swarm_app.client", "Coordinator"),  # its name in the original
    "Swarm": ("swarm_app.client", "Swarm"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home, own_name = _HOMES[name]
    return getattr(import_module(home), own_name)
