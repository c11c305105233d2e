"""``--budget-usd`` and ``--budget-tokens``: of the run, and of single engines as ``ENGINE=AMOUNT``."""

from collections.abc import Sequence

from swarm_app.contracts.budget import Budget
from swarm_app.errors import UsageError

_LEAST_USD = 0.0001


def dollars(given: Sequence[str] | None) -> dict[str, float]:
    """The amounts by engine, the run's own under the empty name; raises `UsageError`."""
    return {engine: _dollars(amount) for engine, amount in _split("--budget-usd", given).items()}


def tokens(given: Sequence[str] | None) -> dict[str, int]:
    """The amounts by engine, the run's own under the empty name; raises `UsageError`."""
    return {engine: _tokens(amount) for engine, amount in _split("--budget-tokens", given).items()}


def by_engine(usd: dict[str, float], most: dict[str, int]) -> dict[str, Budget]:
    """The budgets of single engines."""
    engines = sorted({*usd, *most} - {""})
    return {engine: Budget(usd=usd.get(engine), tokens=most.get(engine)) for engine in engines}


def _split(option: str, given: Sequence[str] | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in given or ():
        engine, _, amount = text.rpartition("=")
        if engine in found:
            raise UsageError(f"{option} is given twice for {engine or 'the run'}. Give it once.")
        found[engine] = amount
    return found


def _dollars(amount: str) -> float:
    try:
        most = float(amount)
    except ValueError:
        most = 0.0
    if not _LEAST_USD <= most < float("inf"):
        raise UsageError(f"--budget-usd: {amount!r} is no amount of dollars. Write 5 or 0.5, or ENGINE=5.")
    return most


def _tokens(amount: str) -> int:
    if not (amount.isascii() and amount.isdecimal() and int(amount)):
        raise UsageError(
            f"--budget-tokens: {amount!r} is no number of tokens. Write 100000, or ENGINE=100000."
        )
    return int(amount)
