"""The engines of a run before it is queued: whether they can be used, what they may cost, and within what."""

from collections.abc import Mapping

from pydantic import TypeAdapter, ValidationError

from swarm_app.contracts.budget import Budget
from swarm_app.contracts.engines import any_model, names
from swarm_app.contracts.plan import Plan
from swarm_app.contracts.run import Estimate
from swarm_app.errors import UsageError
from workers.engine import load

_BUDGETS = TypeAdapter(dict[str, Budget])


def prepared(
    plan: Plan, engine: str, budget_usd: float | None, engine_budgets: Mapping[str, Budget]
) -> Estimate | None:
    """What the run's models may take; None if it uses none.

    Raises `UnknownError` or `EngineError` for an engine that cannot be used, and `UsageError` for a budget in
    dollars where a price is not known.
    """
    used = _used(plan, engine)
    for name in used:
        load(name)
    if not any(map(any_model, used)):
        return None
    from workers.models.estimate import estimate  # noqa: PLC0415 — the price list takes a moment to read

    expected = estimate(plan, engine)
    bounded = {name for name, budget in engine_budgets.items() if budget.usd is not None}
    unknown = [name for name in expected.unpriced if budget_usd is not None or name in bounded]
    if unknown:
        raise UsageError(
            f"No price is known for {', '.join(unknown)}, so that --budget-usd cannot be kept. Use "
            "--budget-tokens, or state input_usd and output_usd in the file that SWARM_MODELS names."
        )
    return expected


def engines_budgets(plan: Plan, engine: str, given: Mapping[str, Budget]) -> dict[str, Budget]:
    """The budgets of the run's engines: the plan's, and in their place those that are ``given``.

    Raises `UsageError` for one that is given to an engine that the run has no use for.
    """
    mine = {name for each in _used(plan, engine) for name in names(each)}
    if strange := [name for name in given if name not in mine]:
        raise UsageError(
            f"A budget is given to {strange[0]}, which does nothing in this run. Its engines: "
            f"{', '.join(sorted(mine))}."
        )
    try:
        stated = _BUDGETS.validate_python(dict(given))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise UsageError(f"The budget {where}: {first['msg']}.") from None
    return {**{name: each for name, each in plan.budgets.items() if name in mine}, **stated}


def _used(plan: Plan, engine: str) -> set[str]:
    return {engine, *(spec.engine for spec in plan.passes if spec.engine)}
