"""How well a statement answers: its share of the asked terms, weighted by their rarity in what was read."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import log

from swarm_app import words
from swarm_app.contracts.documents import Excerpt
from swarm_app.definitions import defines
from workers.extractive import noise
from workers.extractive.ask import Ask
from workers.extractive.narrow import narrowed
from workers.extractive.places import places
from workers.extractive.rows.particular import particular
from workers.extractive.statements import Statement, statements

_NEAR = 0.4  # what a term counts that stands in the sentence before or after, or in the name of the place
_AROUND = 0.15  # what it counts that stands elsewhere in the excerpt, or in the path
_TOGETHER = 0.4  # what holding all words that belong together adds
_MARKED = 1.15  # the factor on a statement that bears the marks of the answer asked for
_DEFINED = 1.5  # on one that says what it is that was asked for
_POWER = 1.5  # of a rarity: a statement that lacks the question's rarest word hardly speaks of it
_UNRANKED = 0.6  # what remains of the score in an excerpt that retrieval thought nothing of


@dataclass(frozen=True)
class Scored:
    """A statement and its score, 0 to about 1.5."""

    statement: Statement
    score: float


@dataclass(frozen=True)
class _Standing:
    """The terms of a statement, of what stands next to it, and of the rest around it."""

    statement: Statement
    own: AbstractSet[str]
    near: AbstractSet[str]
    around: AbstractSet[str]


def rank(ask: Ask, excerpts: Sequence[Excerpt], rows: Sequence[Statement] = ()) -> list[Scored]:
    """Every statement of the excerpts, and of their ``rows``, that has an asked term, best first.

    Boilerplate is left out, and so is a row that only its columns' names speak of. The excerpts' scores are
    relative to the best of each query.
    """
    found = [standing for excerpt in excerpts for standing in _standings(excerpt, ask)]
    found += [_standing(row, ask) for row in particular(rows, ask.weights.keys())]
    rarity = rarities([one.statement for one in found], excerpts)
    scored = [Scored(one.statement, _score(ask, one, rarity) * _retrieved(one)) for one in found]
    kept = [item for item in scored if item.score > 0]
    return sorted(kept, key=lambda item: (-item.score, item.statement.path, item.statement.first_char))


def rarities(found: Sequence[Statement], excerpts: Sequence[Excerpt]) -> dict[str, float]:
    """Each term's inverse document frequency: a searched one's in the shards, any other's in what was read.

    What was read was searched for, and the words that matter are common in it: only the shards know how rare
    they are. Where shards differ, the one in which a word is most common decides.
    """
    counts = Counter(term for one in found for term in set(words.terms(one.text)))
    rarity = {term: log(1 + len(found) / count) for term, count in counts.items()}
    searched: dict[str, float] = {}
    for excerpt in excerpts:
        for term, rare in excerpt.rarity.items():
            searched[term] = min(rare, searched.get(term, rare))
    return {term: rare**_POWER for term, rare in {**rarity, **searched}.items()}


def coverage(wanted: frozenset[str], text: str, rarity: Mapping[str, float]) -> float:
    """Share of the wanted terms, by rarity, that stand in a text; a term never read weighs as the rarest."""
    rarest = max(rarity.values(), default=1.0)
    total = sum(rarity.get(term, rarest) for term in wanted)
    standing = wanted & set(words.terms(text))
    return sum(rarity.get(term, rarest) for term in standing) / total if total else 0.0


def _standings(excerpt: Excerpt, ask: Ask) -> Iterator[_Standing]:
    found = [narrowed(one, ask.weights) for one in statements(excerpt)]
    own = [frozenset(words.terms(one.text)) for one in found]
    around = frozenset(words.terms(f"{excerpt.text} {excerpt.path}"))
    named = places(excerpt)
    for place, one in enumerate(found):
        beside = own[max(0, place - 1) : place] + own[place + 1 : place + 2]
        near = frozenset(words.terms(named(one.start))).union(*beside)
        yield _Standing(one, own[place], near, around)


def _standing(row: Statement, ask: Ask) -> _Standing:
    """A row stands for itself: the rows beside it are of other things.

    The names of its columns are near what it says, and its own where it says nothing else of what was asked.
    """
    names, said = (frozenset(words.terms(" ".join(each))) for each in zip(*row.cells, strict=True))
    own, near = (said, names) if said & ask.weights.keys() else (said | names, frozenset())
    return _Standing(row, own, near, frozenset(words.terms(row.path)))


def _retrieved(one: _Standing) -> float:
    return _UNRANKED + (1 - _UNRANKED) * min(1.0, one.statement.excerpt.score)


def _score(ask: Ask, one: _Standing, rarity: Mapping[str, float]) -> float:
    asked = ask.weights.keys()
    total = _sum(asked, ask, rarity)
    if not asked & one.own or not total:
        return 0.0
    near = asked & one.near - one.own
    around = asked & one.around - one.own - near
    held = (
        _sum(asked & one.own, ask, rarity)
        + _NEAR * _sum(near, ask, rarity)
        + _AROUND * _sum(around, ask, rarity)
    )
    fit = ask.sort.textures.get(one.statement.texture, 1.0)
    marked = _MARKED if ask.sort.marks.search(one.statement.text) else 1.0
    marked *= _DEFINED if defines(ask.text, one.statement.text) else 1.0
    return (
        (held / total + _TOGETHER * _together(ask, one.own, rarity))
        * fit
        * marked
        * noise.weight(one.statement)
    )


def _together(ask: Ask, own: AbstractSet[str], rarity: Mapping[str, float]) -> float:
    """Share of the focus's pairs of neighbouring terms, by the rarity of both, that stand in a statement."""
    weights = {pair: rarity.get(pair[0], 0.0) * rarity.get(pair[1], 0.0) for pair in ask.pairs}
    held = sum(weight for (one, other), weight in weights.items() if one in own and other in own)
    return held / (sum(weights.values()) or 1)


def _sum(terms: AbstractSet[str], ask: Ask, rarity: Mapping[str, float]) -> float:
    return sum(ask.weights[term] * rarity.get(term, 0.0) for term in terms)
