"""What a worker learns besides its claims: terms to search for next, and questions that stay open."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from swarm_app import words
from swarm_app.asked import DEGREE, Asked, asked
from workers.extractive.gather import Reading
from workers.extractive.lines import Texture, is_code
from workers.extractive.statements import Statement

_IDENTIFIER = re.compile(
    r"\b(?!__|test_|Test[A-Z])(?:[A-Za-z]+_\w+|_\w{3,}|[a-z]+[A-Z]\w+|[A-Z][a-z]+[A-Z]\w+)\b"
)
_NAME = re.compile(r"(?<![.!?“\"(:] )(?<!^)\b[A-Z][a-z'’-]+(?:\s[A-Z][a-z'’-]+)+")
_NO_THING = re.compile(
    r"(?i)\bit\s+(?:true|correct|right|possible|certain|known)\b"
    r"|\b(?:files?|documents?|pages?|texts?|notes?|passages?|lines?)\s+"
    r"(?:mention|say|tell|contain|describe|show|name|speak|talk)\w*\b"
)  # how a question asks, and where: nothing is said about that
_BEING = re.compile(r"(?i)\b(?:is|are|was|were|be|been|being|not|too|very)\s+$")
_NEAR = 12  # of the best statements, searched for terms
MOST_TERMS, MOST_QUESTIONS = 12, 2


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
    """What the chosen statements leave open: phrases of the question that they lack, names that they use.

    Of several questions in one, each of which they say nothing stays open in its own words.
    """
    said = {term for statement in chosen for term in words.terms(f"{statement.text} {statement.path}")}
    several = asked(question)
    gaps = [gap for each in several if (gap := _gap(each, said, alone=len(several) == 1))]
    unexplained = [_asking(name) for name in names(words.subjects(question), chosen[:1])]
    return words.distinct([*gaps, *unexplained])[:MOST_QUESTIONS]


def _gap(question: Asked, said: Collection[str], *, alone: bool) -> str:
    """What is left open of one question; empty if its phrases are all spoken of."""
    if not alone and not set(words.subjects(question.text)) & set(said):
        return question.text
    text = words.undegreed(DEGREE.sub("how", _NO_THING.sub(",", question.text)))
    spans = words.phrases(text)
    things = [
        text[start:end] for start, end in spans if start == spans[0][0] or not _is_quality(text, start, end)
    ]
    return next((f"What is said about {phrase}?" for phrase in things if _is_missing(phrase, said)), "")


def _is_quality(text: str, start: int, end: int) -> bool:
    """Whether a phrase is what something is asked to be: "is the pier safe" asks of a pier."""
    return (
        text[start:end].islower() and " " not in text[start:end] and _BEING.search(text[:start]) is not None
    )


def _is_missing(phrase: str, said: Collection[str]) -> bool:
    named = set(words.subjects(phrase)) - words.FRAME
    return bool(named) and not named & set(said)


def _asking(name: str) -> str:
    return f"What does `{name}` do?" if _is_identifier(name) else f"Who or what is {name}?"


def names(asked: Collection[str], chosen: Sequence[Statement]) -> list[str]:
    """Identifiers that share half their terms with the question, and proper names, that statements use."""
    found = [name for statement in chosen for name in _names(statement)]
    return [name for name in words.distinct(found) if not _is_identifier(name) or _shares_half(name, asked)]


def _shares_half(name: str, asked: Collection[str]) -> bool:
    parts = set(words.terms(name))
    return 2 * len(parts & set(asked)) >= len(parts) > 0


def _names(statement: Statement) -> list[str]:
    if is_code(statement.path):
        return _IDENTIFIER.findall(statement.text)
    return _NAME.findall(statement.text) if statement.texture is Texture.PROSE else []


def _is_identifier(name: str) -> bool:
    return _IDENTIFIER.fullmatch(name) is not None
