"""Memory shards: persistent processes that hold documents, plan passes and synthesise findings."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shard.memory import SwarmMemoryShard

__all__ = ["SwarmMemoryShard"]

_HOMES = {"SwarmMemoryShard": "shard.memory"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
