"""How well a statement answers: its share of the asked terms, weighted by their rarity in what was read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import log, sqrt

from swarm_app import words
from swarm_app.contracts.documents import Excerpt
from workers.extractive import noise
from workers.extractive.ask import Ask
from workers.extractive.statements import Statement, statements

_AROUND = 0.3  # a term that only stands nearby, or in the path, counts this much
_TOGETHER = 0.4  # what holding all words that belong together adds
_MARKED = 1.15  # the factor on a statement that bears the marks of the answer asked for
_UNRANKED = 0.6  # what remains of the score in an excerpt that retrieval thought nothing of


@dataclass(frozen=True)
class Scored:
    """A statement and its score, 0 to about 1.5."""

    statement: Statement
    score: float


def rank(ask: Ask, excerpts: Sequence[Excerpt]) -> list[Scored]:
    """Every statement of the excerpts that has an asked term and is no boilerplate, best first."""
    found = [statement for excerpt in excerpts for statement in statements(excerpt)]
    rarity = rarities([statement.text for statement in found])
    best = max((excerpt.score for excerpt in excerpts), default=0.0) or 1.0
    scored = [
        Scored(one, _score(ask, one, rarity) * (_UNRANKED + (1 - _UNRANKED) * one.excerpt.score / best))
        for one in found
    ]
    kept = [item for item in scored if item.score > 0]
    return sorted(kept, key=lambda item: (-item.score, item.statement.path, item.statement.first_char))


def rarities(texts: Sequence[str]) -> dict[str, float]:
    """Each term's inverse document frequency, ``log(1 + N / df)``, over the texts, its square root taken.

    What was read was searched for: the words that matter are common in it, so rarity must not decide alone.
    """
    counts = Counter(term for text in texts for term in set(words.terms(text)))
    return {term: sqrt(log(1 + len(texts) / count)) for term, count in counts.items()}


def coverage(wanted: frozenset[str], text: str, rarity: Mapping[str, float]) -> float:
    """Share of the wanted terms, by rarity, that stand in a text; a term never read weighs as the rarest."""
    rarest = max(rarity.values(), default=1.0)
    total = sum(rarity.get(term, rarest) for term in wanted)
    standing = wanted & set(words.terms(text))
    return sum(rarity.get(term, rarest) for term in standing) / total if total else 0.0


def _score(ask: Ask, statement: Statement, rarity: Mapping[str, float]) -> float:
    own = set(words.terms(statement.text))
    around = set(words.terms(statement.excerpt.text)) | set(words.terms(statement.path))
    matched = ask.weights.keys() & own
    total = _sum(ask.weights.keys(), ask, rarity)
    if not matched or not total:
        return 0.0
    nearby = ask.weights.keys() & around - matched
    held = (_sum(matched, ask, rarity) + _AROUND * _sum(nearby, ask, rarity)) / total
    fit = ask.sort.textures.get(statement.texture, 1.0)
    marked = _MARKED if ask.sort.marks.search(statement.text) else 1.0
    return (held + _TOGETHER * _together(ask, own)) * fit * marked * noise.weight(statement)


def _together(ask: Ask, own: set[str]) -> float:
    """Share of the focus's pairs of neighbouring terms that stand in a statement."""
    return sum(one in own and other in own for one, other in ask.pairs) / (len(ask.pairs) or 1)


def _sum(terms: AbstractSet[str], ask: Ask, rarity: Mapping[str, float]) -> float:
    return sum(ask.weights[term] * rarity.get(term, 0.0) for term in terms)
