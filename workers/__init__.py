"""Workers: ephemeral, each does one brief and forgets everything."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workers.ephemeral import EphemeralWorker

__all__ = ["EphemeralWorker"]

_HOMES = {"EphemeralWorker": "workers.ephemeral"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
