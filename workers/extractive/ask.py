"""What a brief asks for, as weighted terms and the marks of an answer of the right kind."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from swarm_app import words
from swarm_app.contracts.research import Brief
from workers.extractive.lines import Texture

FOCUS_WEIGHT = 1.0
QUESTION_WEIGHT = 0.5
QUERY_WEIGHT = 0.2
_FRAME_SHARE = 0.3  # of its weight that a word keeps which only frames the question

_REASONS = re.compile(
    r"""(?ix) \b(?: because | so\ that | in\ order\ to | due\ to | therefore | thus | hence | reason
    | to\ (?:avoid|prevent|ensure|allow|keep) | (?:ensur|prevent|avoid|guarante|protect)\w+ | atomic\w*
    | otherwise | only\ (?:if|when|once) | must | means\ that | led\ to | caused? )\b"""
)
_DATES = re.compile(
    r"""(?ix) \b(?: (?:1[5-9]|20)\d\d | (?:jan|febr)uary | march | april | (?-i:May) | june | july | august
    | (?:septem|octo|novem|decem)ber | (?:mon|tues|wednes|thurs|fri|satur|sun)day | yesterday | today
    | tomorrow | \d+\ (?:years?|days?) )\b"""
)
_NUMBERS = re.compile(
    r"(?i)\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million)\b"
)
_NAMES = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][a-z]+")
_DEFINITIONS = re.compile(r"(?i)\b(?:is|are|was|were|means|refers to|called|defined as)\b|\b(?:def|class)\s")
_PLACES = re.compile(r"\b(?:in|at|near|from|to|under|def|class) [\"'`]?[A-Z_a-z]\w+")

_PROSE_FIRST = {Texture.CODE: 0.65, Texture.ROW: 0.8}
_ANY = {Texture.CODE: 0.9, Texture.ROW: 0.9}


@dataclass(frozen=True)
class Sort:
    """A sort of question: which marks an answer bears, and what textures answer it best (1 is neutral)."""

    marks: re.Pattern[str]
    textures: Mapping[Texture, float]


_SORTS = (
    (
        re.compile(r"(?i)\bhow (?:many|much|long|often|old|far|large|big)\b|\bnumber of\b"),
        Sort(_NUMBERS, _ANY),
    ),
    (
        re.compile(r"(?i)\b(?:when|what (?:year|date|day|time)|which (?:year|date|day))\b"),
        Sort(_DATES, _PROSE_FIRST),
    ),
    (re.compile(r"(?i)\b(?:why|how|what (?:causes?|prevents?|happens?))\b"), Sort(_REASONS, _PROSE_FIRST)),
    (re.compile(r"(?i)\b(?:who|whom|whose)\b"), Sort(_NAMES, _PROSE_FIRST)),
    (re.compile(r"(?i)\bwhere\b"), Sort(_PLACES, _ANY)),
)
_OTHER = Sort(_DEFINITIONS, _PROSE_FIRST)


@dataclass(frozen=True)
class Ask:
    """A brief's terms with their weights, which of them are the question's and its focus's, and its sort."""

    text: str  # the question
    weights: Mapping[str, float]
    question: frozenset[str]
    focus: frozenset[str]
    pairs: tuple[tuple[str, str], ...]  # neighbouring terms of the focus
    sort: Sort


def ask_of(brief: Brief) -> Ask:
    """What a brief asks for: its focus (the first query) weighs most, then the question, then the rest."""
    question = words.subjects(brief.question)
    text = words.undegreed(brief.queries[0] if brief.queries else brief.angle)
    focus = words.terms(text)
    weights = dict.fromkeys(words.terms(" ".join(brief.queries)), QUERY_WEIGHT)
    weights |= dict.fromkeys(question, QUESTION_WEIGHT)
    weights |= dict.fromkeys(focus, FOCUS_WEIGHT)
    weights |= {term: _FRAME_SHARE * weights[term] for term in words.FRAME & weights.keys()}
    return Ask(
        brief.question,
        weights,
        frozenset(question),
        frozenset(focus),
        words.pairs(text),
        _sort(brief.question),
    )


def _sort(question: str) -> Sort:
    """The sort of the first question word that stands in the question."""
    found = [
        (match.start(), place)
        for place, (pattern, _) in enumerate(_SORTS)
        if (match := pattern.search(question))
    ]
    return _SORTS[min(found)[1]][1] if found else _OTHER
