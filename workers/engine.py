"""The engines there are: whatever is registered under the entry point group ``swarm.engines``."""

import difflib
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

from swarm_app.contracts.context import Engine
from swarm_app.errors import EngineError, UnknownError

GROUP = "swarm.engines"


@dataclass(frozen=True)
class EngineInfo:
    """An engine as `swarm engines` lists it."""

    name: str
    summary: str


def load(name: str) -> Engine:
    """The engine of that name, built. Raises `UnknownError`, or `EngineError` when it cannot be loaded."""
    for entry in entry_points(group=GROUP):
        if entry.name == name:
            return _build(entry)
    names = sorted(entry.name for entry in entry_points(group=GROUP))
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise UnknownError(f"There is no engine {name!r}. {hint}Engines: {', '.join(names) or 'none'}.")


def available() -> list[EngineInfo]:
    """Every registered engine by name; one that cannot be loaded says why in its summary."""
    entries = sorted(entry_points(group=GROUP), key=lambda entry: entry.name)
    return [EngineInfo(entry.name, _summary(entry)) for entry in entries]


def _build(entry: EntryPoint) -> Engine:
    try:
        engine = entry.load()()
    except Exception as error:
        raise EngineError(
            f"Engine {entry.name} ({entry.value}) cannot be loaded: {type(error).__name__}: {error}. "
            "Mend or reinstall the package that registers it."
        ) from error
    if not isinstance(engine, Engine):
        raise EngineError(f"Engine {entry.name} ({entry.value}) has no name, summary and investigate().")
    return engine


def _summary(entry: EntryPoint) -> str:
    try:
        return _build(entry).summary
    except EngineError as error:
        return f"unusable: {error}"
