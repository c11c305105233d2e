"""Definitions: whether a text says what it is that a question asks for."""

import re
from functools import lru_cache

from swarm_app import words

_ASKS = re.compile(r"(?i)^\W*what(?:['’]s| is| are| was| were) (?:an? |the )?(?P<subject>[^,;:?]+)\W*$")
_SAYS = re.compile(r"\b(?:is|are|was|were|means|refers to)\b")
_SENTENCE = re.compile(r"(?<=[.!?])\W*\s+")


def defines(question: str, text: str) -> bool:
    """Whether the question asks what something is, and a sentence of the text has just that as its subject.

    "What is a shard?" asks so, and "Shards are long-lived processes" says it; "The queue of a shard is …"
    speaks of something else.
    """
    subject = _subject(question)
    return bool(subject) and any(_of(sentence) == subject for sentence in _SENTENCE.split(text))


@lru_cache(maxsize=1_000)
def _subject(question: str) -> frozenset[str]:
    asked = _ASKS.match(question)
    return frozenset(words.terms(asked["subject"])) if asked else frozenset()


def _of(sentence: str) -> frozenset[str] | None:
    """The terms of what a sentence says something to be; None if it says no such thing."""
    said = _SAYS.search(sentence)
    return frozenset(words.terms(sentence[: said.start()])) if said else None
