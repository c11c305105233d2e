"""The engines of a run before it is queued: whether they can be used, and what they may cost."""

from swarm_app.contracts.engines import any_model
from swarm_app.contracts.plan import Plan
from swarm_app.contracts.run import Estimate
from swarm_app.errors import UsageError
from workers.engine import load


def prepared(plan: Plan, engine: str, budget_usd: float | None) -> Estimate | None:
    """What the run's models may take; None if it uses none.

    Raises `UnknownError` or `EngineError` for an engine that cannot be used, and `UsageError` for a budget in
    dollars where a price is not known.
    """
    names = {engine, *(spec.engine for spec in plan.passes if spec.engine)}
    for name in names:
        load(name)
    if not any(map(any_model, names)):
        return None
    from workers.models.estimate import estimate  # noqa: PLC0415 — the price list takes a moment to read

    expected = estimate(plan, engine)
    if budget_usd is not None and expected.unpriced:
        raise UsageError(
            f"No price is known for {', '.join(expected.unpriced)}, so that --budget-usd cannot be kept. Use "
            "--budget-tokens, or state input_usd and output_usd in the file that SWARM_MODELS names."
        )
    return expected
