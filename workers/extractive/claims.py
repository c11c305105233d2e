"""Statements as claims: what a reader reads, with its citation and its confidence."""

import re
from collections.abc import Mapping

from swarm_app import words
from swarm_app.contracts.context import Context
from swarm_app.contracts.research import Brief, Claim
from workers.extractive import noise
from workers.extractive.enclosing import enclosing
from workers.extractive.gather import Reading
from workers.extractive.implementation import implementation
from workers.extractive.lines import Texture
from workers.extractive.narrow import MOST_CHARS, around
from workers.extractive.rows.told import summed
from workers.extractive.scoring import coverage
from workers.extractive.statements import Statement
from workers.extractive.whole import whole

LEAST, MOST = 0.2, 0.85  # confidence of a quote that covers nothing, and all, of what was asked
_CODE_FIT = 0.65  # code says less to a reader than words do
_CODE_CHARS = 220
_BULLET = re.compile(r"^(?:[*+•-]|\d{1,2}[.)])\s+")
_STRONG = re.compile(r"(?<![\w*])\*\*(?=[^\s*])(.+?)(?<=[^\s*])\*\*(?![\w*])")
_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]+\)")
_ROLE = re.compile(r":(?:\w+:)+(?=`)")  # markup of a docstring: ":class:`Lock`"


def claim(statement: Statement, brief: Brief, reading: Reading, context: Context) -> Claim:
    """The statement as a claim of the brief's facet; a comment brings the code that does what it says."""
    statement = whole(statement, context)
    done = implementation(statement, context)
    beside = (statement.header, done.citation if done else None)
    return Claim(
        statement=_readable(statement, reading.ask.weights, context),
        citations=(statement.citation, *(citation for citation in beside if citation)),
        confidence=confidence(statement, reading),
        facet=brief.angle,
    )


def confidence(statement: Statement, reading: Reading) -> float:
    """``LEAST + (MOST - LEAST) * fit * (0.7 q + 0.3 f)``: how well a quote fits, not how true it is.

    q and f are the shares of the question's and the focus's terms, weighted by rarity in what was read, that
    stand in the quote or its path; fit is what `noise.weight` leaves, times `_CODE_FIT` for code.
    """
    said = f"{statement.text} {statement.path}"
    question, focus = (
        coverage(wanted, said, reading.rarity) for wanted in (reading.ask.question, reading.ask.focus)
    )
    fit = noise.weight(statement) * (_CODE_FIT if statement.texture is Texture.CODE else 1.0)
    return round(LEAST + (MOST - LEAST) * fit * (0.7 * question + 0.3 * focus), 2)


def _readable(statement: Statement, weights: Mapping[str, float], context: Context) -> str:
    """What was said, in its own words without their markup; code with the name of what it is part of."""
    if statement.texture is not Texture.CODE:
        text = summed(statement.cells, weights, MOST_CHARS) if statement.cells else statement.text
        said = _LINK.sub(r"\1", _STRONG.sub(r"\1", _ROLE.sub("", text)))
        return around(_BULLET.sub("", said), weights, MOST_CHARS)
    file = statement.path.rpartition("/")[2]
    name = enclosing(statement, context)
    code = words.shorten(statement.text.replace("`", "'"), _CODE_CHARS)
    return f"`{name}` in {file}: `{code}`" if name else f"{file}: `{code}`"
