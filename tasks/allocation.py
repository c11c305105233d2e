"""How far a run's limits reach, and what they are spent on where they do not reach for everything.

The passes before the last share what is left by their size. Within a pass briefs go where findings have cost
least (`shard/allotment.py`); what is withheld is made up for, before another pass is opened, as soon as the
limits reach for it and for all that is still to come. The last pass is for what the others found: it is given
out whole, after everything that is withheld, and a limit cuts it as it comes.
"""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import NamedTuple

from shard.allotment import allotted, yields
from swarm_app.contracts.engines import any_model
from swarm_app.contracts.limits import Limit
from swarm_app.contracts.research import Brief, Finding
from swarm_app.contracts.run import Progress, Run


class Allowance(NamedTuple):
    """How many more briefs a limit is expected to feed."""

    limit: Limit
    left: int
    of_models: bool  # whether it limits briefs of models only


class Withholding(NamedTuple):
    """What is not given out of a pass, and the limit that does not reach for it."""

    numbers: tuple[int, ...] = ()
    limit: Limit | None = None


def allowances(run: Run, progress: Progress, findings: Sequence[Finding]) -> list[Allowance]:
    """What each limit of the run is expected to feed.

    A brief of a model is expected to take what those before it took on average, failures included; before
    the first, what the run's estimate says.
    """
    return [*_capped(progress), *_budgeted(run, progress, findings)]


def _capped(progress: Progress) -> Iterator[Allowance]:
    if progress.most_briefs is not None:
        yield Allowance(Limit.MAX_BRIEFS, max(0, progress.most_briefs - progress.executed), of_models=False)


def _budgeted(run: Run, progress: Progress, findings: Sequence[Finding]) -> Iterator[Allowance]:
    done = sum(finding.receipt is not None for finding in findings)
    expected = run.estimate
    planned = _workers(run, range(1, len(run.plan.passes) + 1), of_models=True)
    for limit, budget, spent, estimate in (
        (
            Limit.BUDGET_TOKENS,
            progress.budget_tokens,
            progress.spent_tokens,
            expected.tokens if expected else 0,
        ),
        (Limit.BUDGET_USD, progress.budget_usd, progress.spent_usd, expected.cost_usd if expected else 0.0),
    ):
        each = spent / done if done else estimate / max(1, planned)
        if budget and each > 0:
            yield Allowance(limit, max(0, int((budget - spent) / each)), of_models=True)


def withholding(
    run: Run, number: int, briefs: Sequence[Brief], progress: Progress, findings: Sequence[Finding]
) -> Withholding:
    """What is not given out of a pass that is about to be opened, ``findings`` those of the run so far."""
    if number >= _last(run):
        return Withholding()
    seats = [
        (ceil(each.left * len(briefs) / needed), each.limit)
        for each in allowances(run, progress, findings)
        if (needed := _workers(run, range(number, _last(run)), of_models=each.of_models)) > each.left
        and _limits(run, number, each)
    ]
    if not seats:
        return Withholding()
    most, limit = min(seats)
    served = {finding.facet for finding in findings}
    unserved = {brief.facet for brief in briefs} - served
    chosen = allotted(briefs, max(1, most, len(unserved)), yields(findings), served)
    return Withholding(tuple(brief.number for brief in briefs if brief not in chosen), limit)


def made_up_for(
    run: Run, number: int, withheld: Sequence[Brief], progress: Progress, findings: Sequence[Finding]
) -> list[Brief]:
    """Those of the ``withheld`` briefs that are given out before a pass is opened.

    All, when the limits reach for them and for all passes to come; before the last pass as many as they
    reach for, the best first.
    """
    left = [each.left for each in allowances(run, progress, findings)]
    coming = range(number, _last(run) + 1)
    enough = all(
        each.left >= len(withheld) + _workers(run, coming, of_models=each.of_models)
        for each in allowances(run, progress, findings)
    )
    if enough or number < _last(run):
        return list(withheld) if enough else []
    return allotted(withheld, max(1, min(left)), yields(findings), {finding.facet for finding in findings})


def _last(run: Run) -> int:
    """The number of the plan's last pass, repairs aside."""
    return sum(not spec.repair for spec in run.plan.passes)


def _workers(run: Run, numbers: range, *, of_models: bool) -> int:
    """Briefs of these passes, or those of them that models may do."""
    specs = ((number, run.plan.passes[number - 1]) for number in numbers)
    return sum(
        spec.workers
        for number, spec in specs
        if not spec.repair and (not of_models or any_model(run.engines(number)))
    )


def _limits(run: Run, number: int, allowance: Allowance) -> bool:
    return not allowance.of_models or any_model(run.engines(number))
