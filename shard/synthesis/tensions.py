"""Contradictions with both sides verified."""

from collections.abc import Iterable

from swarm_app.contracts.documents import Citation, Verdict
from swarm_app.contracts.research import Contradiction, Finding

MOST_CONTRADICTIONS = 40


def tensions(earlier: Iterable[Contradiction], findings: Iterable[Finding]) -> tuple[Contradiction, ...]:
    """What earlier passes found and what these findings add, each pair of passages once."""
    found = [*earlier, *(pair for finding in findings for pair in _held(finding))]
    return tuple({_sides(pair): pair for pair in reversed(found)}.values())[::-1][:MOST_CONTRADICTIONS]


def _held(finding: Finding) -> list[Contradiction]:
    verified = {_side(one): one for one in finding.citations if one.verdict is Verdict.VERIFIED}
    return [
        pair.model_copy(
            update={
                "left": verified[_side(pair.left)],
                "right": verified[_side(pair.right)],
                "findings": (finding.finding_id,),
                "engines": (finding.engine,),
            }
        )
        for pair in finding.contradictions
        if _side(pair.left) in verified and _side(pair.right) in verified
    ]


def _sides(pair: Contradiction) -> frozenset[tuple[str, str]]:
    return frozenset(_side(side) for side in (pair.left, pair.right))


def _side(citation: Citation) -> tuple[str, str]:
    return citation.source, " ".join(citation.quote.split())
