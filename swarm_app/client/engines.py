"""The engines of a run before it is queued: whether they can be used, who does what, and within what."""

from collections.abc import Mapping

from pydantic import TypeAdapter, ValidationError

from swarm_app.contracts.budget import Budget
from swarm_app.contracts.engines import any_model, names
from swarm_app.contracts.plan import Plan
from swarm_app.contracts.run import Estimate
from swarm_app.errors import UsageError
from workers.routing import routed

_BUDGETS = TypeAdapter(dict[str, Budget])


def prepared(
    plan: Plan,
    engine: str,
    budget_usd: float | None,
    engine_budgets: Mapping[str, Budget],
    *,
    policy: str = "",
    synthesis: str = "",
) -> tuple[Plan, Estimate | None, dict[str, Budget]]:
    """The plan with its engines named, what the run's models may take, and the budgets of its engines.

    The estimate is None if the run uses no model.

    Raises `UnknownError` or `EngineError` for an engine that cannot be used, and `UsageError` for an unknown
    policy, a budget for an engine that does nothing, or one in dollars where a price is not known.
    """
    told = routed(plan, engine, policy, synthesis)
    own = engines_budgets(told, engine_budgets)
    if not any(any_model(f"{spec.engine},{spec.synthesis}") for spec in told.passes):
        return told, None, own
    from workers.models.estimate import estimate  # noqa: PLC0415 — the price list takes a moment to read

    expected = estimate(told, engine)
    bounded = {name for name, budget in own.items() if budget.usd is not None}
    unknown = [name for name in expected.unpriced if budget_usd is not None or name in bounded]
    if unknown:
        raise UsageError(
            f"No price is known for {', '.join(unknown)}, so that --budget-usd cannot be kept. Use "
            "--budget-tokens, or state input_usd and output_usd in the file that SWARM_MODELS names."
        )
    return told, expected, own


def engines_budgets(plan: Plan, given: Mapping[str, Budget]) -> dict[str, Budget]:
    """The budgets of a plan's engines, which are named: its own, and in their place those that are ``given``.

    Raises `UsageError` for one that is given to an engine that the plan has no use for.
    """
    mine = {name for spec in plan.passes for name in names(f"{spec.engine},{spec.synthesis}")} - {""}
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
