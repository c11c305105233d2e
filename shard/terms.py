"""Words to index terms: stems, numbers, identifiers whole and by parts; and what a question's words weigh.

A name weighs no more than another word: it is rare, and rarity weighs already. Stopwords are no terms, so
that a passage's length is that of what it tells.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from swarm_app.words import FRAME, STOPWORDS, contracted, is_unspaced, pieces, stem

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:[_.]+[^\W_]+)*")
_PARTS = re.compile(r"[_.]+")
_HUMPS = re.compile(r"[A-Z]+s?(?![a-z])|[A-Z]?[a-z]+|\d+")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}\b)")
_QUOTED = re.compile(r"[\"“`]([^\"”`]{2,})[\"”`]")
_POSSESSIVE = re.compile(r"['’]s?$")

# Beside the words that frame a question, those that tell how somebody says what is asked about.
_SAYING = """
    accept admit advise agree announce argue ask attitude believe claim comment complain conclude
    conclusion confirm consider consideration deny disagree discussed elaborate emphasise emphasize
    express feel felt give highlight imply indicate inform insist introduce mention mentioned observe
    opinion outline perspective present propose proposal recommend recommendation reflect remark respond
    reveal said say stress suggest suggestion summarize thought view
"""
_FRAME_WEIGHT = 0.5
_EMPHASIS_WEIGHT = 1.4  # numbers, identifiers and what stands in quotation marks


def terms(text: str) -> list[str]:
    """The index terms of `text`, in its order; an identifier gives itself and then its parts."""
    return [term for word in words(text) for term in word_terms(word)]


def words(text: str) -> list[str]:
    """The words of `text` as written: identifiers, dotted names and numbers in one piece."""
    return _WORD.findall(contracted(_GROUPED.sub("", text)))


@lru_cache(maxsize=65_536)
def word_terms(word: str) -> tuple[str, ...]:
    """The terms of one word: its stem (a stopword has none), an identifier's whole and its parts' stems."""
    bare = _POSSESSIVE.sub("", word)
    parts = tuple(stem(_fold(part)) for part in _parts(bare))
    names = bare.isupper() and len(bare) > 1  # US is a country, us is nobody
    telling = tuple(part for part in parts if names or part not in _STOPPED)
    return telling if len(parts) < 2 or is_unspaced(word) else (_fold(word), *telling)


def weighted_terms(question: str) -> dict[str, float]:
    """A question's terms and what each weighs: 1 for a plain word, less for its frame, more for a number."""
    quoted = {word for phrase in _QUOTED.findall(question) for word in words(phrase)}
    weights: dict[str, float] = {}
    for word in words(question):
        emphasis = _EMPHASIS_WEIGHT if word in quoted or _is_exact(word) else 1.0
        for term in word_terms(word):
            weight = emphasis * (_FRAME_WEIGHT if term in _FRAMING else 1.0)
            weights[term] = max(weights.get(term, 0.0), weight)
    return weights


def pairs(weights: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    """The terms of a question that follow each other and carry its subject: they belong together."""
    return pairwise(term for term, weight in weights.items() if weight >= 1)


def _is_exact(word: str) -> bool:
    return "_" in word or any(map(str.isdigit, word))


def _parts(word: str) -> Iterator[str]:
    for piece in _PARTS.split(word):
        yield from _HUMPS.findall(piece) if piece.isascii() and not piece.islower() else pieces(piece)


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))


_FRAMING = FRAME | frozenset(map(stem, _SAYING.split()))
_STOPPED = frozenset(map(stem, STOPWORDS)) - _FRAMING
