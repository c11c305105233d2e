"""Pairs of sentences that disagree."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from swarm_app import words
from swarm_app.contracts.documents import meet
from swarm_app.contracts.research import Contradiction
from workers.extractive.frames import Frame, difference, frame
from workers.extractive.statements import Statement

_MOST_FRAMES = 600  # compared pair by pair
_TEMPLATE = 3  # different values of one frame make it a row of a list, not a contradiction


def contradictions(statements: Iterable[Statement]) -> list[Contradiction]:
    """Every pair of the statements that disagrees, in their order."""
    frames = _frames(statements)
    pairs = [
        (left, right, said)
        for left, right in combinations(frames, 2)
        if not meet(left.statement, right.statement) and (said := difference(left, right))
    ]
    return [_contradiction(left, right, said) for left, right, said in _without_templates(pairs)]


def _frames(statements: Iterable[Statement]) -> list[Frame]:
    distinct = {(one.path, one.start, one.text): one for one in statements}
    found = (frame(statement) for statement in distinct.values())
    return [one for one in found if one is not None][:_MOST_FRAMES]


def _without_templates(pairs: Sequence[tuple[Frame, Frame, str]]) -> list[tuple[Frame, Frame, str]]:
    """The pairs whose subject is not repeated with ever other values, as in a list of like things."""
    seen: dict[frozenset[str], set[tuple[str, ...]]] = defaultdict(set)
    for left, right, _ in pairs:
        for side in (left, right):
            seen[left.subject & right.subject].add(tuple(value.value for value in side.values))
    return [pair for pair in pairs if len(seen[pair[0].subject & pair[1].subject]) < _TEMPLATE]


def _contradiction(left: Frame, right: Frame, said: str) -> Contradiction:
    return Contradiction(
        subject=words.shorten(left.statement.text, 160),
        difference=said,
        left=left.statement.citation,
        right=right.statement.citation,
    )
