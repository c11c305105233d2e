"""A statement with what belongs to it beyond its excerpt: its sentences' rest, and what it announces."""

from collections.abc import Sequence
from functools import reduce

from swarm_app import words
from swarm_app.contracts.context import Context
from swarm_app.contracts.documents import MAX_CITATION_LINES
from workers.extractive.lines import Texture
from workers.extractive.narrow import MOST_CHARS
from workers.extractive.statements import Statement, parts

_REACH = 12  # lines before and after
_BELOW = 3  # lines between a colon and what it announces
_ENDS = frozenset(".!?…。！？")


def whole(statement: Statement, context: Context) -> Statement:
    """The statement, completed where its excerpt cut a sentence, and with what follows a closing colon.

    Code stays as it is, and so does what would become too long to be read.
    """
    if statement.texture in (Texture.CODE, Texture.ROW) or not (_begun(statement) or _unended(statement)):
        return statement
    first, last = max(1, statement.start - _REACH), statement.end + _REACH
    around = context.read(statement.path, first, last)
    found = parts(around) if around else []
    held = [place for place, one in enumerate(found) if _overlap(one, statement)]
    if not held or found[held[0]].block != found[held[-1]].block:
        return statement
    completed = reduce(Statement.joined, [*found[held[0] : held[-1] + 1], *_announced(found[held[-1] :])])
    long = len(completed.text) > MOST_CHARS or completed.end - completed.start >= MAX_CITATION_LINES
    return statement if long else completed


def _announced(following: Sequence[Statement]) -> Sequence[Statement]:
    """What stands right below the first statement, if that ends with a colon: words, or one line of code."""
    head, *rest = following
    return [
        one
        for one in rest[:1]
        if head.text.endswith(":")
        and one.start - head.end <= _BELOW
        and (one.texture is not Texture.CODE or one.start == one.end)
    ]


def _begun(statement: Statement) -> bool:
    """Whether a statement may have begun before its excerpt did."""
    return (
        not statement.excerpt.text[: statement.first_char].strip("\"' \t\r\n#*-")
        and statement.text[:1].islower()
    )


def _unended(statement: Statement) -> bool:
    """Whether a statement goes on after its last word."""
    return words.last_mark(statement.text) not in _ENDS


def _overlap(one: Statement, other: Statement) -> bool:
    begin = one.excerpt.start_char + one.first_char
    return begin < other.excerpt.start_char + other.last_char and (
        other.excerpt.start_char + other.first_char < one.excerpt.start_char + one.last_char
    )
