"""Who does what to whom: whether two sentences of the same words give these the same parts.

There is no grammar here: terms of one part keep their order, and no two trade their parts. What a rewording
moves, a phrase with its preposition or the doer of a passive, stays the same by that.
"""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations

from swarm_app import words
from swarm_app.sense import polarity
from swarm_app.sense.parts import MAIN, Word, parts

_PARTICIPLE = r"""(?: \w+(?:ed|en|wn|ght) | paid | made | run | set | put | cut | led | fed | met | kept
    | held | left | built | lost | won | done | hit | read | found | sent | spent | lent | said | told | sold
    | shot | sunk | hung | begun | swept | struck | dealt | felt | laid | hurt | split | shut )"""
_PASSIVE = re.compile(
    rf"""(?ix) (?P<done_to> (?:^|(?<=[,;:.])|\b(?:if|when|because|that|while|unless|once)\b) [^,;:.]*? )
    \b(?:is|are|was|were|be|been|being)\s+(?:not\s+)?(?:\w+ly\s+)?(?P<verb>{_PARTICIPLE})\b"""
)
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:not\s+)?(?:\w+ly\s+)?([a-z]\w*)\b")
_JOINING = frozenset(["if", "when", "because", "that", "while", "unless", "once"])
_IS = re.compile(r"\b(?:is|are|was|were)\s+(?=the\b|[A-Z])")
_ADVERB = re.compile(
    r"(?i:\b(?:every|each)\s+(?:single\s+)?(?:day|night|morning|evening|week|month|quarter|year|hour|time)\b)"
    r"|^[A-Z]\w+ly\b,?(?=\s+(?:the|an?)\b)"
    r"|\b(?!(?:famil|suppl|repl|assembl|anomal|all|appl|impl|multipl|rel|rall|bull)y\b)[a-z]{3,}ly\b"
)  # stands where it likes


def exchanged(ours: str, theirs: str) -> bool:
    """Whether terms that both sentences have changed their parts: "A pays B", and "B pays A"."""
    ours, theirs = (_ADVERB.sub("", polarity.written(text)) for text in (ours, theirs))
    beside = frozenset(
        words.stem(match[1])
        for text in (ours, theirs)
        if not _PASSIVE.search(text)
        for match in _BE.finditer(text)
    )
    readings = [(left, right) for left in _readings(ours) for right in _readings(theirs)]
    return all(_differ(left, right, beside) for left, right in readings)


def _readings(text: str) -> list[list[Word]]:
    """A sentence's words as they stand; where it says what something is, also the other way round."""
    if _PASSIVE.search(text):
        return [_doer_first(parts(_PASSIVE.sub(_active, text)))]
    match = _IS.search(text)
    turned = [parts(f"{text[match.end() :].rstrip('. ')}, {text[: match.start()]}")] if match else []
    return [parts(text), *turned]


def _active(match: re.Match[str]) -> str:
    """A passive's verb before what it is done to, where an active sentence has it."""
    joins, _, rest = match["done_to"].partition(" ")
    conjunction = joins if joins.lower() in _JOINING else ""
    return f"{conjunction} {match['verb']} {rest if conjunction else match['done_to']}"


def _doer_first(found: Sequence[Word]) -> list[Word]:
    return [
        word._replace(part=MAIN, place=word.place - len(found)) if word.part == "by" else word
        for word in found
    ]


def _differ(left: Sequence[Word], right: Sequence[Word], beside: AbstractSet[str]) -> bool:
    ours, theirs = _once(left), _once(right)
    common = [term for term in ours if term in theirs and term not in beside]
    return any(
        _crossed((ours[one], ours[other]), (theirs[one], theirs[other]))
        for one, other in combinations(common, 2)
    )


def _once(found: Sequence[Word]) -> Mapping[str, Word]:
    """The words by their terms, without those that stand there more than once."""
    terms = [word.term for word in found]
    return {word.term: word for word in found if terms.count(word.term) == 1}


def _crossed(ours: tuple[Word, Word], theirs: tuple[Word, Word]) -> bool:
    """Whether two words traded their parts, or their order within one part."""
    (one, other), (its, others) = ours, theirs
    if one.part != other.part:
        return (one.part, other.part) == (others.part, its.part)
    in_lists = one.listed == other.listed > 0 and its.listed == others.listed > 0
    if its.part != others.part or in_lists:
        return False
    return (one.place < other.place) != (its.place < others.place)
