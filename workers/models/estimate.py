"""What a run by models may take, before it has begun."""

from collections.abc import Iterator

from swarm_app.contracts import engines
from swarm_app.contracts.plan import PassSpec, Plan, Role
from swarm_app.contracts.run import Estimate
from swarm_app.settings import current
from workers.models.named import Named, named
from workers.models.prices import cost

_BRIEF = {  # tokens of one brief, read and written, by whether the account's models call tools
    True: (15_000, 1_500),  # some three calls, each with what was shown before
    False: (1_500, 150),  # one call, at times a second
}
_SYNTHESIS = (8_000, 1_000)  # of a synthesis: one call with some forty claims


def estimate(plan: Plan, engine: str) -> Estimate:
    """Tokens and dollars for what models do of a plan: briefs, which several share, and syntheses.

    ``engine`` is the run's, for passes that name none. By a policy other than mixed, the first has them all.
    Raises what `named` raises.
    """
    tokens, dollars, unpriced = 0, 0.0, set[str]()
    for model, times, taken in (each for spec in plan.passes for each in _shares(spec, engine)):
        price = cost(model, *taken)
        tokens += round(times * sum(taken))
        dollars += times * (price or 0.0)
        unpriced |= {model.name} if price is None else set()
    return Estimate(tokens=tokens, cost_usd=round(dollars, 6), unpriced=tuple(sorted(unpriced)))


def _shares(spec: PassSpec, engine: str) -> Iterator[tuple[Named, float, tuple[int, int]]]:
    """Each model of a pass, how often it is at work, and the tokens that takes."""
    sharing = engines.names(spec.engine or engine)
    if spec.policy not in {None, engines.Policy.MIXED}:
        sharing = sharing[:1]
    for name in filter(engines.is_model, sharing):
        model = named(name, current().models)
        yield model, spec.workers / len(sharing), _BRIEF[model.account.tools]
    if spec.synthesis and spec.role is not Role.GUARD:
        yield named(engines.names(spec.synthesis)[0], current().models), 1.0, _SYNTHESIS
