"""What a run by models may take, before it has begun."""

from swarm_app.contracts import engines
from swarm_app.contracts.plan import Plan
from swarm_app.contracts.run import Estimate
from swarm_app.settings import current
from workers.models.named import named
from workers.models.prices import cost

_TAKEN = {  # tokens of one brief, read and written, by whether the account's models call tools
    True: (15_000, 1_500),  # some three calls, each with what was shown before
    False: (1_500, 150),  # one call, at times a second
}


def estimate(plan: Plan, engine: str) -> Estimate:
    """Tokens and dollars for the briefs of a plan that models do, several engines sharing them alike.

    ``engine`` is the run's, for passes that name none. Raises what `named` raises.
    """
    tokens, dollars, unpriced = 0, 0.0, set[str]()
    for spec in plan.passes:
        names = engines.names(spec.engine or engine)
        for name in filter(engines.is_model, names):
            briefs = spec.workers / len(names)
            model = named(name, current().models)
            taken = _TAKEN[model.account.tools]
            price = cost(model, *taken)
            tokens += round(briefs * sum(taken))
            dollars += briefs * (price or 0.0)
            unpriced |= {name} if price is None else set()
    return Estimate(tokens=tokens, cost_usd=round(dollars, 6), unpriced=tuple(sorted(unpriced)))
