"""The engines there are: registered ones (entry point group ``swarm.engines``), and models by name."""

import difflib
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

from swarm_app.contracts.context import Engine
from swarm_app.contracts.engines import is_model, names
from swarm_app.errors import EngineError, UnknownError
from swarm_app.settings import current
from workers.alternatives import Alternatives
from workers.models.accounts import accounts
from workers.models.engine import ModelEngine
from workers.models.named import named

GROUP = "swarm.engines"


@dataclass(frozen=True)
class EngineInfo:
    """An engine as `swarm engines` lists it."""

    name: str
    summary: str


def load(name: str) -> Engine:
    """The engine of that name, built; of several names, separated by commas, the first that is not away.

    A name with a colon is a model's: ``ACCOUNT:MODEL``. Raises `UnknownError`, or `EngineError` when it
    cannot be loaded.
    """
    listed = names(name)
    models = {each: named(each, current().models) for each in listed if is_model(each)}
    engines = [
        ModelEngine(models[each], [model for name, model in models.items() if name != each])
        if each in models
        else _registered(each)
        for each in listed
    ]
    return engines[0] if len(engines) == 1 else Alternatives(engines)


def _registered(name: str) -> Engine:
    for entry in entry_points(group=GROUP):
        if entry.name == name:
            return _build(entry)
    if name in accounts(current().models):
        raise UnknownError(f"{name!r} is an account, and an engine is one of its models: write {name}:MODEL.")
    known = sorted(entry.name for entry in entry_points(group=GROUP))
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise UnknownError(
        f"There is no engine {name!r}. {hint}Engines: {', '.join(known) or 'none'}; "
        "a model's name is ACCOUNT:MODEL."
    )


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
