"""Reading for a brief: search, rank, and choose the few statements that answer together."""

from collections.abc import Sequence
from dataclasses import dataclass

from swarm_app import sense, words
from swarm_app.contracts.context import Context
from swarm_app.contracts.documents import Citation, Excerpt, meet
from swarm_app.contracts.research import Brief, Span
from swarm_app.evidence import is_enough
from workers.extractive.ask import Ask, ask_of
from workers.extractive.grow import grow
from workers.extractive.lines import Texture
from workers.extractive.rows import rows
from workers.extractive.scoring import Scored, rank, rarities
from workers.extractive.statements import Statement

TOKENS = 1500  # read for each query
CHOSEN = 4  # statements that one worker reports
_ENOUGH = 0.55  # of the best score; what scores less is not worth quoting beside it
_ALIKE = 0.6


@dataclass(frozen=True)
class Reading:
    """What one worker read for its brief: excerpts, statements best first, and each term's rarity in them."""

    ask: Ask
    excerpts: tuple[Excerpt, ...]
    ranked: tuple[Scored, ...]
    rarity: dict[str, float]
    is_enough: bool  # whether some excerpt holds enough of its query to be evidence


def read(brief: Brief, context: Context, *, tokens: int = TOKENS) -> Reading:
    """Search the brief's queries within its scope and rank what came back."""
    answers = context.search(list(brief.queries), tokens=tokens, scope=brief.scope)
    excerpts = tuple(_apart([excerpt for answer in answers for excerpt in _relative(answer)]))
    ask = ask_of(brief)
    ranked = tuple(rank(ask, excerpts, rows(excerpts, context)))
    enough = is_enough(excerpt for answer in answers for excerpt in answer)
    return Reading(ask, excerpts, ranked, rarities([item.statement for item in ranked], excerpts), enough)


def fresh(reading: Reading, known: Sequence[Span]) -> list[Scored]:
    """The ranked statements that stand outside the known lines."""
    return [item for item in reading.ranked if not _overlaps(item.statement, known)]


def nearest(ranked: Sequence[Scored]) -> Citation | None:
    """What came nearest among statements that are no claim's worth."""
    return ranked[0].statement.citation if ranked else None


def choose(ranked: Sequence[Scored], count: int = CHOSEN) -> list[Statement]:
    """Up to ``count`` statements, best first, each adding terms or lines that the others lack."""
    chosen: list[Statement] = []
    for item in ranked:
        if len(chosen) == count or item.score < _ENOUGH * ranked[0].score:
            break
        grown = grow(item, ranked)
        if not any(_same(grown, other) for other in chosen):
            chosen.append(grown)
    return chosen


def _relative(answer: Sequence[Excerpt]) -> list[Excerpt]:
    """One query's excerpts with their scores as shares of its best.

    A score is the share of its query that an excerpt holds: high for a short query, and no more telling.
    """
    best = max((excerpt.score for excerpt in answer), default=0.0) or 1.0
    return [excerpt.model_copy(update={"score": excerpt.score / best}) for excerpt in answer]


def _apart(excerpts: Sequence[Excerpt]) -> list[Excerpt]:
    """The excerpts without those that lie within another one."""
    kept: list[Excerpt] = []
    for excerpt in excerpts:
        if not any(_within(excerpt, other) for other in kept):
            kept = [other for other in kept if not _within(other, excerpt)] + [excerpt]
    return kept


def _within(inner: Excerpt, outer: Excerpt) -> bool:
    same = inner.path == outer.path and inner.sha256 == outer.sha256
    return same and outer.start_char <= inner.start_char and inner.end_char <= outer.end_char


def _overlaps(statement: Statement, spans: Sequence[Span]) -> bool:
    return any(meet(span, statement) for span in spans)


def _same(statement: Statement, other: Statement) -> bool:
    same = statement.excerpt.sha256 == other.excerpt.sha256 and statement.path == other.path
    shared = min(_last(statement), _last(other)) - max(_first(statement), _first(other))
    listed = Texture.ROW in (statement.texture, other.texture)  # rows of one table share the names of columns
    alike = statement.text == other.text if listed else _alike(statement, other)
    return (same and shared > 0) or alike


def _alike(statement: Statement, other: Statement) -> bool:
    alike = words.similarity(statement.text, other.text) >= _ALIKE
    return alike and not sense.conflict(statement.text, other.text)


def _first(statement: Statement) -> int:
    return statement.excerpt.start_char + statement.first_char


def _last(statement: Statement) -> int:
    return statement.excerpt.start_char + statement.last_char
