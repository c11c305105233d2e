"""The engines of a run before it is queued: whether they can be used, who does what, what it may cost."""

from swarm_app.contracts.engines import any_model
from swarm_app.contracts.plan import Plan
from swarm_app.contracts.run import Estimate
from swarm_app.errors import UsageError
from workers.routing import routed


def prepared(
    plan: Plan, engine: str, budget_usd: float | None, *, policy: str = "", synthesis: str = ""
) -> tuple[Plan, Estimate | None]:
    """The plan with its engines named, and what the run's models may take; None if it uses none.

    Raises `UnknownError` or `EngineError` for an engine that cannot be used, and `UsageError` for an unknown
    policy, or a budget in dollars where a price is not known.
    """
    told = routed(plan, engine, policy, synthesis)
    if not any(any_model(f"{spec.engine},{spec.synthesis}") for spec in told.passes):
        return told, None
    from workers.models.estimate import estimate  # noqa: PLC0415 — the price list takes a moment to read

    expected = estimate(told, engine)
    if budget_usd is not None and expected.unpriced:
        raise UsageError(
            f"No price is known for {', '.join(expected.unpriced)}, so that --budget-usd cannot be kept. Use "
            "--budget-tokens, or state input_usd and output_usd in the file that SWARM_MODELS names."
        )
    return told, expected
