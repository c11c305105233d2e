"""Swarm: hard questions, answered from document collections too big for one model, with checked citations."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from swarm_app.celery import app
    from swarm_app.client import AsyncSwarm, Swarm

__all__ = ["AsyncSwarm", "Swarm", "app"]

_HOMES = {"app": "swarm_app.celery", "AsyncSwarm": "swarm_app.client", "Swarm": "swarm_app.client"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
