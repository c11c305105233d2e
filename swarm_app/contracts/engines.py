"""How engines are named: one, or several by commas; a name with a colon, ``ACCOUNT:MODEL``, is a model's."""

from enum import StrEnum

EXTRACTIVE = "extractive"  # the engine that needs nothing, and writes every synthesis that no model does


class Policy(StrEnum):
    """How several engines share what is to be done; whoever is away, the next one stands in for it."""

    MIXED = "mixed"  # in turn
    CHEAPEST = "cheapest"  # the cheapest that takes all that a brief may show it
    LARGEST_CONTEXT = "largest-context"
    STRONGEST = "strongest"  # by the accounts' `strength`, else by price


def names(engines: str) -> list[str]:
    """The names in the order in which they are tried."""
    return [name.strip() for name in engines.split(",")]


def account(name: str) -> str:
    """The account that a model is reached by, or the engine itself. Two accounts may be one vendor's."""
    return name.partition(":")[0]


def turned(engines: str, by: int) -> str:
    """The same engines, beginning ``by`` places on."""
    listed = names(engines)
    first = by % len(listed)
    return ",".join([*listed[first:], *listed[:first]])


def is_model(name: str) -> bool:
    """Whether the engine is a model: its calls leave this machine, and may cost money."""
    return ":" in name


def any_model(engines: str) -> bool:
    """Whether one of them is a model."""
    return any(map(is_model, names(engines)))
