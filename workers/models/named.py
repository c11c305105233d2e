"""An engine's name, ``ACCOUNT:MODEL``, and what stands behind it."""

import difflib
from dataclasses import dataclass
from pathlib import Path

from swarm_app.errors import EngineError, UnknownError
from workers.models.accounts import Account, accounts


@dataclass(frozen=True)
class Named:
    """A model of an account; `name` is the engine's."""

    name: str
    account_name: str
    model: str  # as the vendor names it
    account: Account


def named(engine: str, file: Path | None) -> Named:
    """The account and model of an engine's name.

    Raises `UnknownError` for an account that nobody told us of, and `EngineError` for one that lacks its key.
    """
    name, _, model = engine.partition(":")
    known = accounts(file)
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise UnknownError(
            f"There is no account {name!r} for the engine {engine!r}. {hint}Accounts: {', '.join(known)}; "
            "the file that SWARM_MODELS names adds others."
        )
    if not model.strip() or model != model.strip():
        raise UnknownError(f"The engine {engine!r} names no model. Write {name}:MODEL.")
    account = known[name]
    if account.missing:
        raise EngineError(
            f"The engine {engine} has no key here: {account.missing}, or write key = … under [{name}] in "
            "the file that SWARM_MODELS names. Processes that run already know only the environment "
            "they were started in: `swarm down` ends them."
        )
    return Named(engine, name, model, account)
