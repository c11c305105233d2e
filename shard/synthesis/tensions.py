"""Contradictions with both sides verified."""

from collections.abc import Iterable

from shard.synthesis.merge import overlap
from swarm_app.contracts.documents import Citation, Verdict
from swarm_app.contracts.research import Contradiction, Finding

MOST_CONTRADICTIONS = 40


def tensions(
    earlier: Iterable[Contradiction], findings: Iterable[Finding], disputed: Iterable[Contradiction]
) -> tuple[Contradiction, ...]:
    """What earlier passes found, what these findings add, and what is disputed besides, each pair once."""
    found = [*earlier, *(pair for finding in findings for pair in _held(finding))]
    kept = list({_sides(pair): pair for pair in reversed(found)}.values())[::-1]
    for pair in disputed:
        if not any(_covers(other, pair) for other in kept):
            kept.append(pair)
    return tuple(kept[:MOST_CONTRADICTIONS])


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


def _covers(one: Contradiction, other: Contradiction) -> bool:
    """Whether both set the same lines against each other, whichever comes first."""
    left, right = other.left, other.right
    return any(overlap(one.left, a) and overlap(one.right, b) for a, b in ((left, right), (right, left)))


def _side(citation: Citation) -> tuple[str, str]:
    return citation.source, " ".join(citation.quote.split())
