"""What a worker learns besides its claims: terms to search for next, and questions that stay open."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from swarm_app import words
from workers.extractive.gather import Reading
from workers.extractive.lines import Texture, is_code
from workers.extractive.statements import Statement

_IDENTIFIER = re.compile(r"\b(?!__)(?:[A-Za-z]+_\w+|_\w{3,}|[a-z]+[A-Z]\w+|[A-Z][a-z]+[A-Z]\w+)\b")
_NAME = re.compile(r"(?<![.!?“\"(:] )(?<!^)\b[A-Z][a-z'’-]+(?:\s[A-Z][a-z'’-]+)+")
_NEAR = 12  # of the best statements, searched for terms
MOST_TERMS, MOST_QUESTIONS = 12, 3


def learnt_terms(reading: Reading, chosen: Sequence[Statement]) -> tuple[str, ...]:
    """Words of the best statements that were not asked for: names first, then the most telling."""
    near = [item.statement for item in reading.ranked[:_NEAR]]
    surfaces = {words.stem(word): word for one in near for word in words.words(one.text)}
    spread = Counter(term for one in near for term in set(words.terms(one.text)))
    weights = {
        term: count * reading.rarity.get(term, 0.0)
        for term, count in spread.items()
        if count > 1 and len(term) > 2 and term not in reading.ask.weights and not term[0].isdigit()
    }
    best = sorted(weights, key=lambda term: (-weights[term], term))
    return words.distinct([*names(reading.ask.question, chosen)[:4], *(surfaces[term] for term in best)])[
        :MOST_TERMS
    ]


def open_questions(question: str, chosen: Sequence[Statement]) -> tuple[str, ...]:
    """What the chosen statements leave open: words of the question that they lack, names that they use."""
    said = {term for statement in chosen for term in words.terms(f"{statement.text} {statement.path}")}
    missing = words.distinct(
        word for word in words.words(question) if words.is_content(word) and words.stem(word) not in said
    )
    gap = [f"What is said of “{' '.join(missing)}”?"] if missing else []
    unexplained = [f"What is {name}, and what does it do?" for name in names(words.terms(question), chosen)]
    return words.distinct([*gap, *unexplained])[:MOST_QUESTIONS]


def names(asked: Collection[str], chosen: Sequence[Statement]) -> list[str]:
    """Identifiers that share a term with the question, and proper names, that the statements use."""
    found = [name for statement in chosen for name in _names(statement)]
    return [
        name
        for name in words.distinct(found)
        if not _is_identifier(name) or set(words.terms(name)) & set(asked)
    ]


def _names(statement: Statement) -> list[str]:
    if is_code(statement.path):
        return _IDENTIFIER.findall(statement.text)
    return _NAME.findall(statement.text) if statement.texture is Texture.PROSE else []


def _is_identifier(name: str) -> bool:
    return _IDENTIFIER.fullmatch(name) is not None
