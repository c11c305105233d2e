"""A statement with the sentences around it that belong to it."""

from collections.abc import Sequence

from workers.extractive.scoring import Scored
from workers.extractive.statements import Statement

_MOST_CHARS = 320  # of a quote that is still read in one go
_GAP = 12  # characters between sentences of a paragraph: white space and a comment sign
_SHARE = 0.2  # of the statement's score that a sentence beside it must reach


def grow(item: Scored, ranked: Sequence[Scored]) -> Statement:
    """The statement with its neighbours in the same block, while they answer too and it stays readable."""
    statement = item.statement
    beside = sorted(
        (
            other.statement
            for other in ranked
            if other.score >= _SHARE * item.score and _together(other, item)
        ),
        key=lambda other: other.first_char,
    )
    for following in beside:
        if _fits(statement, following):
            statement = statement.joined(following)
    for preceding in reversed(beside):
        if _fits(preceding, statement):
            statement = preceding.joined(statement)
    return statement


def _together(one: Scored, other: Scored) -> bool:
    """Whether two statements are of the same block of the same excerpt."""
    return one.statement.block == other.statement.block and one.statement.excerpt is other.statement.excerpt


def _fits(first: Statement, second: Statement) -> bool:
    gap = second.first_char - first.last_char
    return 0 <= gap <= _GAP and len(first.text) + len(second.text) <= _MOST_CHARS
