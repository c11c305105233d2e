"""``swarm plans`` and ``swarm engines``: what can be chosen."""

from swarm_app.cli import output
from swarm_app.cli.options import Json
from swarm_app.contracts.plan import Plan
from swarm_app.plans.catalog import builtin
from workers.engine import available


def plans(as_json: Json = False) -> None:
    """List the plans that --plan takes by name.

    A plan of your own is a TOML file: --plan my.toml.

    \b
    Example:
      swarm plans
    """
    found = builtin()
    if as_json:
        output.write_json({"plans": [plan.model_dump(mode="json") for plan in found]})
    else:
        output.write_table(("plan", "passes", "workers", "summary"), [_row(plan) for plan in found])


def engines(as_json: Json = False) -> None:
    """List the engines that --engine takes.

    Other packages add theirs by an entry point of the group swarm.engines.

    \b
    Example:
      swarm engines
    """
    found = available()
    if as_json:
        output.write_json({"engines": [{"name": each.name, "summary": each.summary} for each in found]})
    else:
        output.write_table(("engine", "summary"), [(each.name, each.summary) for each in found])


def _row(plan: Plan) -> tuple[object, ...]:
    return plan.name, len(plan.passes), plan.workers, plan.summary
