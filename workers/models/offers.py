"""What the accounts offer: their models' windows, prices and limits, and what is missing."""

from dataclasses import dataclass
from pathlib import Path

from workers.models.accounts import Account, accounts
from workers.models.named import Named
from workers.models.prices import cost, window

_ANY = ("MODEL",)
_NAME_ONE = "name one of its models for MODEL"
_SAMPLE = 100_000  # tokens whose price is multiplied: below the tiers of long prompts


@dataclass(frozen=True)
class Offer:
    """One model, as `swarm engines` lists it. Dollars are for a million tokens, None where unknown."""

    name: str
    window: int  # tokens
    input_usd: float | None
    output_usd: float | None
    limits: dict[str, int]
    missing: str  # what it needs before it can be used; empty: nothing


def offers(file: Path | None) -> list[Offer]:
    """The models that the accounts list, and a line for an account that lists none.

    Raises `UsageError` for a mistake in the accounts file.
    """
    return [_offer(engine) for engine in _engines(file, unlisted=_ANY)]


def engines(file: Path | None) -> list[Named]:
    """The models that the accounts list, whether they can be used or not."""
    return _engines(file)


def _engines(file: Path | None, unlisted: tuple[str, ...] = ()) -> list[Named]:
    return [
        Named(f"{name}:{model}", name, model, account)
        for name, account in accounts(file).items()
        for model in account.models or unlisted
    ]


def _offer(engine: Named) -> Offer:
    return Offer(
        name=engine.name,
        window=window(engine),
        input_usd=_price(cost(engine, _SAMPLE, 0)),
        output_usd=_price(cost(engine, 0, _SAMPLE)),
        limits=_limits(engine.account),
        missing=engine.account.missing or (_NAME_ONE if engine.model in _ANY else ""),
    )


def _price(dollars: float | None) -> float | None:
    return None if dollars is None else round(dollars * 1_000_000 / _SAMPLE, 4)


def _limits(account: Account) -> dict[str, int]:
    told = account.limits.model_dump(exclude_none=True)
    return {name.replace("_", " "): limit for name, limit in told.items()}
