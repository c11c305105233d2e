"""Pairs of sentences that disagree."""

from collections.abc import Iterable, Sequence

from swarm_app import words
from swarm_app.contracts.documents import meet
from swarm_app.contracts.research import Contradiction
from swarm_app.sense.frames import disagreeing
from workers.extractive.frames import Frame, frame
from workers.extractive.statements import Statement

_MOST_FRAMES = 600  # compared pair by pair


def contradictions(
    statements: Iterable[Statement], of: Sequence[Statement] | None = None
) -> list[Contradiction]:
    """Every pair of the statements that disagrees, in their order; ``of`` these alone, if there are any."""
    frames = _frames(statements)
    asked = [of is None or any(meet(each.statement, one) for one in of) for each in frames]

    def apart(one: int, other: int) -> bool:
        wanted = asked[one] or asked[other]
        return wanted and not meet(frames[one].statement, frames[other].statement)

    pairs = disagreeing([each.said for each in frames], apart)
    return [_contradiction(frames[one], frames[other], said) for one, other, said in pairs]


def _frames(statements: Iterable[Statement]) -> list[Frame]:
    distinct = {(one.path, one.start, one.text): one for one in statements}
    found = (frame(statement) for statement in distinct.values())
    return [one for one in found if one is not None][:_MOST_FRAMES]


def _contradiction(left: Frame, right: Frame, said: str) -> Contradiction:
    return Contradiction(
        subject=words.shorten(left.statement.text, 160),
        difference=said,
        left=left.statement.citation,
        right=right.statement.citation,
    )
