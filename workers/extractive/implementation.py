"""The code that does what a comment or docstring says."""

from collections import Counter
from math import log

from swarm_app import words
from swarm_app.contracts.context import Context
from swarm_app.contracts.documents import MIN_QUOTE_CHARS
from workers.extractive.lines import Texture, is_code
from workers.extractive.statements import Statement, statements

_LOOK_AHEAD = 60  # lines
_LEAST = 1.5  # what a block must score: two mentions of different terms, or several of one


def implementation(statement: Statement, context: Context) -> Statement | None:
    """The block of code below a comment that mentions most of what the comment speaks of, if one does."""
    if statement.texture not in {Texture.COMMENT, Texture.DOC} or not is_code(statement.path):
        return None
    below = context.read(statement.path, statement.end + 1, statement.end + _LOOK_AHEAD)
    blocks = [block for block in statements(below) if block.texture is Texture.CODE] if below else []
    said = set(words.terms(statement.text))
    scored = [
        (_mentions(said, block), -block.start, block)
        for block in blocks
        if len(block.quote) >= MIN_QUOTE_CHARS
    ]
    best = max(scored, key=lambda item: item[:2], default=None)
    return best[2] if best and best[0] >= _LEAST else None


def _mentions(said: set[str], block: Statement) -> float:
    """How much of what was said stands in a block, repeats counting less and less."""
    counts = Counter(term for term in words.terms(block.text) if term in said)
    return sum(log(1 + count) for count in counts.values())
