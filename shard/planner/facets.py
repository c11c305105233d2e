"""Facets of a question: the phrases it is made of, alone and joined, and what its question word asks for."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from swarm_app import words
from swarm_app.asked import asked

_ASKED_FOR = (
    (re.compile(r"(?i)\bwhy\b"), "reasons given for", "because reason due to so that in order to"),
    (re.compile(r"(?i)\bhow (?:many|much|long|often|old)\b"), "figures on", "number total amount count"),
    (re.compile(r"(?i)\bhow\b"), "how it works:", "ensures prevents so that when only if"),
    (re.compile(r"(?i)\bwhen\b"), "dates and times of", "date year time before after"),
    (re.compile(r"(?i)\bwho(?:m|se)?\b"), "who is named for", "person name team responsible"),
    (re.compile(r"(?i)\bwhere\b"), "places and locations of", "location place defined in"),
)  # what the question asks with, how that reads as an angle, words that answers of that sort use
_DEFAULT = ("what is said of", "is are means defined describes")


def facets(question: str) -> list[tuple[str, str]]:
    """Angles of a question, each with words to add to its query: the whole first, then its parts.

    Derived from the question alone: the question as asked; each question in it, if it asks several; what its
    question word asks for; each pair of neighbouring phrases with the words between them; each phrase; each
    phrase with each other one.
    """
    whole = words.shorten(question.strip(), 140)
    spans = words.phrases(question)
    parts = [question[start:end] for start, end in spans]
    found = [(whole, "")]
    if len(several := asked(question)) > 1:
        found += [(words.shorten(each.full.replace("?", ""), 140), "") for each in several]
    if parts:
        reads, cues = _asked_for(question)
        found.append((f"{reads} {_list(parts)}", cues))
    found += [(pair, "") for pair in _neighbours(question, spans)]
    found += [(part, "") for part in sorted(parts, key=lambda part: -len(words.terms(part)))]
    found += [(f"{one} and {other}", "") for one, other in _others(parts)]
    return list({angle.lower(): (angle, cues) for angle, cues in reversed(found)}.values())[::-1]


def served(angle: str, answered: Sequence[str], known: Sequence[str]) -> str:
    """Which of the ``known`` facets an angle serves: what its claims answered, else the one most like it.

    Likeness is Dice's: twice the words in common, over the words of both.
    """
    text = set(words.terms(" ".join([angle, *answered])))

    def likeness(facet: str) -> float:
        own = set(words.terms(facet))
        return 2 * len(own & text) / (len(own) + len(text) or 1)

    return next((facet for facet in answered if facet in known), max(known, key=likeness, default=""))


def _asked_for(question: str) -> tuple[str, str]:
    for pattern, reads, cues in _ASKED_FOR:
        if pattern.search(question):
            return reads, cues
    return _DEFAULT


def _list(parts: list[str]) -> str:
    return words.shorten(", ".join(parts[:4]), 110)


def _neighbours(question: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    """Pairs of phrases that follow each other, the later ones first: a question's point stands at its end."""
    for (start, _), (_, end) in reversed(list(pairwise(spans))):
        yield words.shorten(question[start:end], 120)


def _others(parts: list[str]) -> Iterator[tuple[str, str]]:
    for index, one in enumerate(parts):
        for other in parts[index + 2 :]:
            yield one, other
