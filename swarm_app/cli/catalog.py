"""``swarm plans`` and ``swarm engines``: what can be chosen."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from swarm_app.cli import output
from swarm_app.cli.options import Json
from swarm_app.contracts.plan import Plan
from swarm_app.plans.catalog import builtin
from swarm_app.settings import current
from workers.engine import available

if TYPE_CHECKING:
    from workers.models.offers import Offer


def plans(as_json: Json = False) -> None:
    """List the plans that --plan takes by name.

    A plan of your own is a TOML file: --plan my.toml. It may name engines for each pass, or for roles.

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

    Other packages add theirs by an entry point of the group swarm.engines. Models are named ACCOUNT:MODEL;
    the list has some of each account, any other may be named, and SWARM_MODELS adds accounts. Prices are US
    dollars for a million tokens. Claims are judged by another account than the one that made them, if several
    are named; two accounts of one vendor count as two.

    Several, by commas, share a run's briefs by --policy: mixed, in turn; cheapest, of those that take a whole
    brief; largest-context; strongest, by `strength` in the accounts file, else by price.

    \b
    Example:
      swarm engines
    """
    from workers.models.offers import offers  # noqa: PLC0415 — the price list takes a moment to read

    found, models = available(), offers(current().models)
    if as_json:
        listed = [{"name": each.name, "summary": each.summary} for each in found]
        output.write_json({"engines": listed, "models": [asdict(each) for each in models]})
        return
    output.write_table(("engine", "summary"), [(each.name, each.summary) for each in found])
    output.write("")
    output.write_table(
        ("model", "window", "in", "out", "limits", "to use it"), [_offer(each) for each in models]
    )


def _offer(offer: "Offer") -> tuple[object, ...]:
    limits = ", ".join(f"{limit:,} {what}" for what, limit in offer.limits.items()) or "—"
    return (
        offer.name,
        f"{offer.window:,}",
        _price(offer.input_usd),
        _price(offer.output_usd),
        limits,
        offer.missing or "ready",
    )


def _price(dollars: float | None) -> str:
    return "unknown" if dollars is None else f"${dollars:g}"


def _row(plan: Plan) -> tuple[object, ...]:
    return plan.name, len(plan.passes), plan.workers, plan.summary
