"""Routing: who does what in a plan, made plain before its run is queued.

A choice of engines is their names, or a `Policy` over the engines of the run. What is nearer goes first: a
pass's own choice, then its role's in the plan, then the run's.
"""

import difflib

from swarm_app.contracts.engines import EXTRACTIVE, Policy, is_model, names
from swarm_app.contracts.plan import PassSpec, Plan
from swarm_app.errors import UsageError
from swarm_app.settings import current
from workers.engine import load
from workers.models.named import Named, named

_ROOMY = 24_000  # tokens: all that one brief may show a model, and its answer
_READ, _WRITTEN = 15_000, 1_500  # tokens whose price is compared, as in an estimate
_NO_PRICE = float("inf")


def routed(plan: Plan, engine: str, policy: str = "", synthesis: str = "") -> Plan:
    """The plan with every pass's engines named in the order of its policy, and the models that write.

    ``engine`` are the run's engines; ``policy`` and ``synthesis`` go before what the plan's `Routing` says.
    Raises `UnknownError`, `EngineError` or `UsageError` for what cannot be used.
    """
    shared = _policy(policy) if policy else plan.routing.policy or Policy.MIXED
    passes = (_routed(spec, plan, engine, shared, synthesis) for spec in plan.passes)
    return plan.model_copy(update={"passes": tuple(passes)})


def ordered(engines: str, policy: Policy) -> str:
    """The engines in the order in which a policy prefers them; mixed, as they are named."""
    if policy is Policy.MIXED:
        return engines
    return ",".join(sorted(names(engines), key=_KEYS[policy]))


def _routed(spec: PassSpec, plan: Plan, engine: str, shared: Policy, synthesis: str) -> PassSpec:
    engines, policy = _chosen(
        spec.engine or plan.routing.roles.get(spec.role, ""), engine, spec.policy or shared
    )
    writers = spec.synthesis or synthesis or plan.routing.synthesis
    return spec.model_copy(
        update={
            "engine": ordered(_usable(engines), policy),
            "policy": policy,
            "synthesis": _writers(writers, engine) if writers else "",
        }
    )


def _chosen(choice: str, engine: str, policy: Policy) -> tuple[str, Policy]:
    """The engines and the policy that a choice comes to."""
    if choice in list(Policy):
        return engine, Policy(choice)
    return choice or engine, policy


def _writers(choice: str, engine: str) -> str:
    """The models of a choice; none for the extractive engine, which writes wherever no model does."""
    engines, policy = _chosen(choice, engine, Policy.MIXED)
    models = [name for name in names(_usable(engines)) if is_model(name)]
    others = [name for name in names(engines) if not is_model(name) and name != EXTRACTIVE]
    if choice in list(Policy) and not models:
        raise UsageError(
            f"No model is among the run's engines ({engine}), so that none is {choice}. Name one."
        )
    if choice not in list(Policy) and others:
        raise UsageError(
            f"The engine {others[0]} writes no syntheses: name models (ACCOUNT:MODEL), a policy, "
            f"or {EXTRACTIVE}."
        )
    return ordered(",".join(models), policy)


def _usable(engines: str) -> str:
    """The names, without white space. Raises for one that cannot be used."""
    load(engines)
    return ",".join(names(engines))


def _policy(name: str) -> Policy:
    if name in list(Policy):
        return Policy(name)
    near = difflib.get_close_matches(name, list(Policy), n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise UsageError(f"There is no policy {name!r}. {hint}Policies: {', '.join(Policy)}.")


def _by_price(name: str) -> tuple[float, ...]:
    """Those that take a whole brief first, then the cheapest; one whose price nobody told us comes last."""
    if not is_model(name):
        return (0.0, 0.0)
    price = _price(_model(name))
    return (float(_window(_model(name)) < _ROOMY), _NO_PRICE if price is None else price)


def _by_window(name: str) -> tuple[float, ...]:
    return (-_window(_model(name)) if is_model(name) else 0.0,)


def _by_strength(name: str) -> tuple[float, ...]:
    """Those of a stated strength first; then by price, as vendors ask more for what is stronger."""
    if not is_model(name):
        return (1.0, 0.0)
    model = _model(name)
    return (-(model.account.strength or 0.0), -(_price(model) or 0.0))


_KEYS = {Policy.CHEAPEST: _by_price, Policy.LARGEST_CONTEXT: _by_window, Policy.STRONGEST: _by_strength}


def _model(name: str) -> Named:
    return named(name, current().models)


def _price(model: Named) -> float | None:
    from workers.models.prices import cost  # noqa: PLC0415 — the price list takes a moment to read

    return cost(model, _READ, _WRITTEN)


def _window(model: Named) -> int:
    from workers.models.prices import window  # noqa: PLC0415 — as above

    return window(model)
