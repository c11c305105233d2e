"""Frames: what a sentence says, its values and its yes or no taken out, so that two can be compared.

Precision goes first: two sentences disagree only when they say nearly the same in nearly the same words.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import PurePosixPath

from swarm_app import words
from swarm_app.documents.kinds import kind_of
from swarm_app.documents.standing import CORE, standing
from swarm_app.sense import polarity
from swarm_app.sense.roles import exchanged
from swarm_app.sense.values import Value, values, without

_CONDITION = re.compile(
    r"(?i)\b(?:if|unless|when|whenever|whether|until|while|where|once|except|depend\w*|or|without)\b"
)
_CHANGE = re.compile(
    r"""(?ix) \b(?: chang\w+ | increas\w+ | decreas\w+ | raised | lowered | formerly | previously | used\ to
    | instead\ of | rather\ than | (?:up|down)\ from | (?:new|added)\ in | deprecated\ since | between | e\.g
    | for\ example | (?-i:may|MAY) | might | could | about | around )\b"""
)  # two sentences that tell of change, or hedge, can both hold; May is a month
_LABEL = re.compile(r"(?i)^(?:note|nb|warning|important|tip|update|caution)\s*:\s*")
_SENTENCE = re.compile(r"[\"“'‘`*_(]*[A-Z0-9`][^:]*[^\s:?][.!][\"”'’`*_)]*$")
_PRONOUN = re.compile(r"(?i)^(?:it|he|she|they|this|that|these|those|we|i|you|there|here)\b")
_DATED = re.compile(r"(?i)^(?:in|on|during|by|from|since|as of)\s+(?:\w+\s+){0,2}\d")
_REQUIRED = re.compile(r"(?i)\b(?:requir\w+|must|needs?|minimum|default|current|latest)\b")
_QUALIFIER = re.compile(
    r"(?i)\b(?:for|of|in|on|at|with|from|per|under|during|via|to|as)\s+(?:the\s+|an?\s+)?([\w-]+)"
)
_NAME = re.compile(r"(?<!^)\b[A-Z][\w-]*")
_SAME = {
    "retain": "keep", "store": "keep", "hold": "keep", "preserv": "keep", "launch": "open", "start": "open",
    "begin": "open", "found": "open", "establish": "open", "mandatori": "requir", "need": "requir",
    "permit": "allow", "delet": "remov", "purg": "remov", "eras": "remov", "cap": "limit", "max": "limit",
    "maximum": "limit",
}  # fmt: skip
_LEAST_SUBJECT = 2  # terms
_LEAST_SUBJECT_WITHOUT_VALUE = 3  # yes against no
_LEAST_SUBJECT_IN_CODE = 4  # comments of different functions are alike without speaking of the same thing
_MOST_EXTRA = 2
_MOST_TURNED = 2  # terms that one side has with a prefix that denies them; most pairs differ in more terms
_LONGEST = 300
_TEMPLATE = 3  # different values of one frame make it a row of a list, not a contradiction


@dataclass(frozen=True)
class Frame:
    """A sentence: its subject terms, names, values, and whether it says no."""

    text: str
    subject: frozenset[str]
    names: frozenset[str]
    values: tuple[Value, ...]
    negated: bool


def framed(text: str, path: str) -> Frame | None:
    """The frame of a sentence of a document; None for what cannot disagree: fragments, talk, change."""
    text = _LABEL.sub("", text)
    if standing(path) < CORE or not _declares(text):
        return None
    found = values(text)
    bare = without(text, found)
    plain = words.terms(bare)
    subject = frozenset(_canonical(term) for term in words.terms(polarity.written(bare)))
    if plain and _commands(text, plain[0]):
        return None
    if len(subject - {value.unit for value in found}) < _least_subject(path, found):
        return None
    names = frozenset(name.lower() for name in _NAME.findall(bare))
    return Frame(text, subject, names, tuple(found), polarity.is_no(bare))


def difference(left: Frame, right: Frame) -> str | None:
    """How two sentences disagree, in words ("number: 30 days against 90 days"); None when they do not."""
    if left.names != right.names:
        return None
    left = _turned(left, right)
    if not _same_subject(left, right):
        return None
    unequal = _unequal(left.values, right.values)
    if unequal is None or exchanged(left.text, right.text):
        return None
    if left.negated != right.negated:
        conditional = any(_CONDITION.search(side.text) for side in (left, right))
        return None if unequal or conditional else "negation: one says so, the other says not"
    if len(unequal) != 1 or any(map(_names_its_subject, (left, right), unequal[0])):
        return None
    ours, theirs = unequal[0]
    return f"{ours.kind}: {ours.shown} against {theirs.shown}"


def _turned(frame: Frame, other: Frame) -> Frame:
    """The frame in the other one's words where a prefix denies them: "not safe" for "unsafe"."""
    apart = min(len(frame.subject - other.subject), len(other.subject - frame.subject))
    pairs = polarity.turned(frame.subject, other.subject) if 0 < apart <= _MOST_TURNED else []
    if not pairs:
        return frame
    subject = frame.subject - {one for one, _ in pairs} | {its for _, its in pairs}
    return replace(frame, subject=subject, negated=frame.negated != bool(len(pairs) % 2))


def disagreeing(frames: Sequence[Frame], apart: Callable[[int, int], bool]) -> list[tuple[int, int, str]]:
    """The places of the pairs that disagree and stand ``apart``, each with how; rows of lists are none.

    Where the same is said with ever other values, it is said of like things.
    """
    pairs = [
        (one, other, said)
        for one, other in combinations(range(len(frames)), 2)
        if apart(one, other) and (said := difference(frames[one], frames[other]))
    ]
    seen: dict[frozenset[str], set[tuple[str, ...]]] = defaultdict(set)
    for one, other, _ in pairs:
        for side in (one, other):
            shared = frames[one].subject & frames[other].subject
            seen[shared].add(tuple(value.value for value in frames[side].values))
    return [
        pair for pair in pairs if len(seen[frames[pair[0]].subject & frames[pair[1]].subject]) < _TEMPLATE
    ]


def _declares(text: str) -> bool:
    """Whether a text is one whole sentence that states something for good."""
    whole = len(text) <= _LONGEST and _SENTENCE.match(text) is not None
    return whole and not any(pattern.search(text) for pattern in (_PRONOUN, _CHANGE, _DATED))


def _commands(text: str, first: str) -> bool:
    """Whether a sentence begins with what it does, as docstrings do: "Enable echo." denies nothing."""
    return words.terms(text.split(maxsplit=1)[0]) == (first,) and first in polarity.COMMANDS


def _least_subject(path: str, found: Sequence[Value]) -> int:
    if kind_of(PurePosixPath(path).name, b"") == "code":
        return _LEAST_SUBJECT_IN_CODE
    return _LEAST_SUBJECT if found else _LEAST_SUBJECT_WITHOUT_VALUE


def _canonical(term: str) -> str:
    term = polarity.opposite(term)
    return _SAME.get(term, term)


def _same_subject(left: Frame, right: Frame) -> bool:
    """The same terms, but for one or two that one side says more and that do not narrow its subject."""
    if left.subject - right.subject and right.subject - left.subject:
        return False
    extra = left.subject ^ right.subject
    fuller = left if left.subject - right.subject else right
    if len(extra) > min(_MOST_EXTRA, len(left.subject & right.subject) - 1):
        return False
    narrowing = {_canonical(words.stem(word)) for word in _QUALIFIER.findall(fuller.text)}
    return not extra & narrowing


def _unequal(ours: Sequence[Value], theirs: Sequence[Value]) -> list[tuple[Value, Value]] | None:
    """The pairs of values that differ; None when the values cannot be paired."""
    left, right = (sorted(side, key=_sort) for side in (ours, theirs))
    if list(map(_sort, left)) != list(map(_sort, right)):
        return None
    return [(one, other) for one, other in zip(left, right, strict=True) if not one.agrees(other)]


def _sort(value: Value) -> tuple[str, str]:
    return value.kind, value.unit


def _names_its_subject(side: Frame, value: Value) -> bool:
    """Whether the value is part of what the sentence speaks of: "Version 2.1 adds …"."""
    early = len(side.text[: value.position].split()) < 3
    return early and not _REQUIRED.search(side.text)
