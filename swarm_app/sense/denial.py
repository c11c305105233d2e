"""Whether a passage denies what is said to rest on it."""

import re

from swarm_app import words
from swarm_app.sense.alike import conflict

_SENTENCE = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[`*_]*[A-Z0-9])")
_NEAR = 0.5  # similarity from which a sentence is of what a statement says


def denies(statement: str, passage: str) -> bool:
    """Whether a passage says otherwise than a sentence of a statement, and nowhere what it says."""
    return any(_denied(sentence, _SENTENCE.split(passage)) for sentence in _SENTENCE.split(statement))


def _denied(sentence: str, passage: list[str]) -> bool:
    near = [each for each in passage if words.similarity(sentence, each) >= _NEAR]
    return bool(near) and all(conflict(sentence, each) for each in near)
