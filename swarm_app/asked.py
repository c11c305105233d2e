"""Questions in a question: "What is A, and who is B?" asks two, and either may have an answer alone."""

import re
from functools import lru_cache
from typing import NamedTuple

from swarm_app import words

MOST = 4
_ASKING = r"(?:who|whom|whose|what|when|where|which|why|how)\b"
_VERB = r"(?:is|are|was|were|do|does|did|has|have|can|could|will|would|must|should)"
_JOINT = re.compile(
    rf"""(?ix) (?<=\?)\s+ | (?:[,;]\s*|\s+)(?:and|or|but)\s+(?:also\s+)?
        (?={_ASKING} | {_VERB}\s+(?:the|an?|it|they|there|he|she|any)\b) | ;\s+(?={_ASKING})"""
)
DEGREE = re.compile(rf"(?i)\bhow\s+\w+(?=\s+{_VERB}\b)")  # "how tall is": asks, and names nothing
_PRONOUN = re.compile(r"(?i)\b(?:its?|their|his|her|they|them|he|she|him)\b")


class Asked(NamedTuple):
    """One of the questions: as it reads, and with what its pronoun stands for."""

    text: str
    full: str


@lru_cache(maxsize=1_000)
def asked(question: str) -> tuple[Asked, ...]:
    """The questions that a text asks, each to be answered by itself; the text alone if it asks but one.

    What names nothing of its own ("and why?") goes with the one before it. A pronoun stands for what the one
    before it names.
    """
    pieces: list[str] = []
    for piece in _JOINT.split(question.strip()):
        if pieces and not (_names(piece) and _names(pieces[-1])):
            pieces[-1] = _between(question, pieces[-1], piece)
        else:
            pieces.append(piece)
    if not 1 < len(pieces) <= MOST:
        return (Asked(question, question),)
    return tuple(_asked(piece, pieces[place - 1] if place else "") for place, piece in enumerate(pieces))


def _names(text: str) -> bool:
    return bool(set(words.subjects(text)) - words.FRAME)


def _between(question: str, first: str, last: str) -> str:
    """The question from the beginning of one piece to the end of another."""
    start = question.index(first)
    return question[start : question.index(last, start + len(first)) + len(last)]


def _asked(piece: str, before: str) -> Asked:
    text = piece.strip().rstrip("?,;. ")
    text = f"{text[:1].upper()}{text[1:]}?"
    if not _PRONOUN.search(text):
        return Asked(text, text)
    before = DEGREE.sub("how", before)
    return Asked(text, " ".join([text, *(before[start:end] for start, end in words.phrases(before))]))
