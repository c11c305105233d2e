"""Who does a brief, where a run or a pass names several engines."""

from collections.abc import Iterable

from swarm_app.contracts.engines import Policy, account, names, turned
from swarm_app.contracts.research import Claim, Contradiction
from swarm_app.contracts.run import Run


def engines(run: Run, number: int, place: int, given: Iterable[Claim | Contradiction] = ()) -> str:
    """The engines of a brief in the order in which they try it, separated by commas.

    Mixed, they share a pass's briefs in turn; by any other policy they stand in the order of it. A brief that
    is given claims or contradictions goes first to an engine of an account that made none of them, if there
    is one, or else to another engine: who judges should not be who said it.
    """
    able = run.engines(number)
    mixed = run.plan.passes[number - 1].policy in {None, Policy.MIXED}
    order = names(turned(able, number + place) if mixed else able)
    makers = {engine for each in given for engine in each.engines}
    accounts = set(map(account, makers))
    first = min(order, key=lambda name: (account(name) in accounts, name in makers))
    at = order.index(first)
    return ",".join([*order[at:], *order[:at]] if mixed else [first, *order[:at], *order[at + 1 :]])
