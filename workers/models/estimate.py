"""What a run by models may take, before it has begun."""

from collections.abc import Iterator

from swarm_app.contracts import engines
from swarm_app.contracts.plan import PassSpec, Plan, Role
from swarm_app.contracts.run import Estimate
from swarm_app.settings import current
from workers.models.named import named
from workers.models.prices import cost

_BRIEF = (15_000, 1_500)  # tokens read and written: some three calls, each with what was shown before
_SYNTHESIS = (8_000, 1_000)  # of a synthesis: one call with some forty claims


def estimate(plan: Plan, engine: str) -> Estimate:
    """Tokens and dollars for what models do of a plan: briefs, which several share, and syntheses.

    ``engine`` is the run's, for passes that name none. By a policy other than mixed, the first has them all.
    Raises what `named` raises.
    """
    tokens, dollars, unpriced = 0, 0.0, set[str]()
    for name, times, taken in (each for spec in plan.passes for each in _shares(spec, engine)):
        price = cost(named(name, current().models), *taken)
        tokens += round(times * sum(taken))
        dollars += times * (price or 0.0)
        unpriced |= {name} if price is None else set()
    return Estimate(tokens=tokens, cost_usd=round(dollars, 6), unpriced=tuple(sorted(unpriced)))


def _shares(spec: PassSpec, engine: str) -> Iterator[tuple[str, float, tuple[int, int]]]:
    """Each model of a pass, how often it is at work, and the tokens that takes."""
    sharing = engines.names(spec.engine or engine)
    if spec.policy not in {None, engines.Policy.MIXED}:
        sharing = sharing[:1]
    for name in filter(engines.is_model, sharing):
        yield name, spec.workers / len(sharing), _BRIEF
    if spec.synthesis and spec.role is not Role.GUARD:
        yield engines.names(spec.synthesis)[0], 1.0, _SYNTHESIS
