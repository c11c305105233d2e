"""Frames: what a sentence says, its values and its yes or no taken out, so that two can be compared.

Precision goes first: two sentences disagree only when they say nearly the same in nearly the same words.
"""

import re
from dataclasses import dataclass

from swarm_app import words
from workers.extractive.lines import Texture, is_code
from workers.extractive.noise import is_noise_path
from workers.extractive.statements import Statement
from workers.extractive.values import Value, values, without

_NEGATION = re.compile(r"(?i)\b(?:not|no|never|neither|nor|cannot|no longer)\b|n['’]t\b")
_CONDITION = re.compile(
    r"(?i)\b(?:if|unless|when|whenever|whether|until|while|where|once|except|depend\w*|or)\b"
)
_CHANGE = re.compile(
    r"""(?ix) \b(?: chang\w+ | increas\w+ | decreas\w+ | raised | lowered | formerly | previously | used\ to
    | no\ longer | instead\ of | rather\ than | (?:up|down)\ from | (?:new|added)\ in | deprecated\ since
    | between | e\.g | for\ example | may | might | could | about | around )\b"""
)  # two sentences that tell of change, or hedge, can both hold
_LABEL = re.compile(r"(?i)^(?:note|nb|warning|important|tip|update|caution)\s*:\s*")
_SENTENCE = re.compile(r"[\"“'‘`*_(]*[A-Z0-9`][^:]*[^\s:?][.!][\"”'’`*_)]*$")
_PRONOUN = re.compile(r"(?i)^(?:it|he|she|they|this|that|these|those|we|i|you|there|here)\b")
_DATED = re.compile(r"(?i)^(?:in|on|during|by|from|since|as of)\s+(?:\w+\s+){0,2}\d")
_REQUIRED = re.compile(r"(?i)\b(?:requir\w+|must|needs?|minimum|default|current|latest)\b")
_QUALIFIER = re.compile(
    r"(?i)\b(?:for|of|in|on|at|with|from|per|under|during|via|to|as)\s+(?:the\s+|an?\s+)?([\w-]+)"
)
_NAME = re.compile(r"(?<!^)\b[A-Z][\w-]*")
_OPPOSITES = {
    "disabl": "enabl", "forbidden": "allow", "forbid": "allow", "deni": "allow", "prohibit": "allow",
    "option": "mandatori", "unsupport": "support", "unavail": "avail", "unsaf": "safe", "fals": "true",
    "invalid": "valid", "reject": "accept", "close": "open", "descend": "ascend", "immut": "mutabl",
    "asynchron": "synchron",
}  # fmt: skip
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
_LONGEST = 300


@dataclass(frozen=True)
class Frame:
    """A sentence: its subject terms, names, values, and whether it says no."""

    statement: Statement
    subject: frozenset[str]
    names: frozenset[str]
    values: tuple[Value, ...]
    negated: bool


def frame(statement: Statement) -> Frame | None:
    """The sentence's frame; None for what cannot disagree: code, fragments, talk, accounts of change."""
    text = _LABEL.sub("", statement.text)
    if statement.texture is Texture.CODE or is_noise_path(statement.path) or not _declares(text):
        return None
    found = values(text)
    plain = words.terms(without(text, found))
    subject = frozenset(_canonical(term) for term in plain)
    if plain and _commands(text, plain[0]):
        return None
    if len(subject - {value.unit for value in found}) < _least_subject(statement, found):
        return None
    negations = len(_NEGATION.findall(text)) + sum(term in _OPPOSITES for term in plain)
    names = frozenset(name.lower() for name in _NAME.findall(without(text, found)))
    return Frame(statement, subject, names, tuple(found), bool(negations % 2))


def difference(left: Frame, right: Frame) -> str | None:
    """How two sentences disagree, in words ("number: 30 days against 90 days"); None when they do not."""
    if left.names != right.names or not _same_subject(left, right):
        return None
    unequal = _unequal(left.values, right.values)
    if unequal is None:
        return None
    if left.negated != right.negated:
        conditional = any(_CONDITION.search(side.statement.text) for side in (left, right))
        return None if unequal or conditional else "negation: one says so, the other says not"
    if len(unequal) != 1 or any(map(_names_its_subject, (left, right), unequal[0])):
        return None
    ours, theirs = unequal[0]
    return f"{ours.kind}: {ours.shown} against {theirs.shown}"


def _declares(text: str) -> bool:
    """Whether a text is one whole sentence that states something for good."""
    whole = len(text) <= _LONGEST and _SENTENCE.match(text) is not None
    return whole and not any(pattern.search(text) for pattern in (_PRONOUN, _CHANGE, _DATED))


def _commands(text: str, first: str) -> bool:
    """Whether a sentence begins with what it does, as docstrings do: "Enable echo." denies nothing."""
    return words.terms(text.split(maxsplit=1)[0]) == (first,) and first in {*_OPPOSITES, *_OPPOSITES.values()}


def _least_subject(statement: Statement, found: list[Value]) -> int:
    if is_code(statement.path):
        return _LEAST_SUBJECT_IN_CODE
    return _LEAST_SUBJECT if found else _LEAST_SUBJECT_WITHOUT_VALUE


def _canonical(term: str) -> str:
    term = _OPPOSITES.get(term, term)
    return _SAME.get(term, term)


def _same_subject(left: Frame, right: Frame) -> bool:
    """The same terms, but for one or two that one side says more and that do not narrow its subject."""
    if left.subject - right.subject and right.subject - left.subject:
        return False
    extra = left.subject ^ right.subject
    fuller = left if left.subject - right.subject else right
    if len(extra) > min(_MOST_EXTRA, len(left.subject & right.subject) - 1):
        return False
    narrowing = {_canonical(words.stem(word)) for word in _QUALIFIER.findall(fuller.statement.text)}
    return not extra & narrowing


def _unequal(ours: tuple[Value, ...], theirs: tuple[Value, ...]) -> list[tuple[Value, Value]] | None:
    """The pairs of values that differ; None when the values cannot be paired."""
    if [(value.kind, value.unit) for value in ours] != [(value.kind, value.unit) for value in theirs]:
        return None
    return [(one, other) for one, other in zip(ours, theirs, strict=True) if one.value != other.value]


def _names_its_subject(side: Frame, value: Value) -> bool:
    """Whether the value is part of what the sentence speaks of: "Version 2.1 adds …"."""
    early = len(_LABEL.sub("", side.statement.text)[: value.position].split()) < 3
    return early and not _REQUIRED.search(side.statement.text)
