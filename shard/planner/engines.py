"""Who does a brief, where a run or a pass names several engines."""

from collections.abc import Iterable

from swarm_app.contracts.engines import names, turned
from swarm_app.contracts.ids import place_of
from swarm_app.contracts.research import Claim
from swarm_app.contracts.run import Run


def engines(run: Run, number: int, place: int, claims: Iterable[Claim] = ()) -> str:
    """The engines of a brief in the order in which they try it, separated by commas.

    They share a pass's briefs in turn. A brief that is given claims goes first to an engine that made none of
    them, if there is one: who judges should not be who said it.
    """
    able = run.engines(number)
    makers = {_maker(run, finding) for claim in claims for finding in claim.findings}
    turns = [turned(able, number + place + shift) for shift in range(len(names(able)))]
    return next((turn for turn in turns if names(turn)[0] not in makers), turns[0])


def _maker(run: Run, finding: str) -> str | None:
    """The engine that was first to try the brief of a finding; None for an outsider's finding."""
    number, place = place_of(finding) or (0, 0)
    if not 1 <= number <= len(run.plan.passes):
        return None
    return names(turned(run.engines(number), number + place))[0]
