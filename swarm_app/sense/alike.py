"""Whether two texts can be one claim: their words may be alike while they say different things."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from swarm_app import words
from swarm_app.sense import polarity
from swarm_app.sense.roles import exchanged
from swarm_app.sense.values import Value, values, without

_CLAUSE = re.compile(
    r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[`*_]*[A-Z0-9])|;\s+|,?\s+\b(?:but|while|whereas)\s"
)
_NAME = re.compile(r"\b(?:[A-Z][\w’'-]*|\w*\d\w*)")
_TELLING_WORDS = """
    one first second third fourth fifth sixth seventh eighth ninth tenth once twice half double quarter
    monday tuesday wednesday thursday friday saturday sunday north south east west
"""
_TELLING = frozenset(_TELLING_WORDS.split())
_OF_ONE_THING = 0.5  # similarity from which clauses are of one thing
_CLOSELY = 0.6  # from which another name, or "after" for "before", says otherwise of it
_NEARLY = 0.7  # from which its first word is a name too


class _Text(NamedTuple):
    """A text, its values, and itself without these and with each in one form."""

    text: str
    values: list[Value]
    bare: str
    marked: str


def same(ours: str, theirs: str) -> bool:
    """Whether two texts agree in their yes or no, their figures, their names, and who does what to whom.

    How alike their words are is another matter: this tells apart what words alone cannot.
    """
    left, right = _text(ours), _text(theirs)
    return not (
        _lacking(left, right)
        or _lacking(right, left)
        or any(polarity.contrary(*pair) for pair in (*_clauses(left, right), (left.bare, right.bare)))
        or polarity.opposed(left.bare, right.bare)
        or polarity.differs_in_mode(left.bare, right.bare)
        or _name_others(left, right, first=True)
        or exchanged(left.marked, right.marked)
    )


def conflict(ours: str, theirs: str) -> bool:
    """Whether two texts say different things of one thing, where one may tell more than the other.

    Texts that have few words in common are of different things, and both can hold.
    """
    left, right = _text(ours), _text(theirs)
    alike = words.similarity(left.bare, right.bare)
    denied = any(polarity.contrary(*pair) and polarity.denies_it(*pair) for pair in _clauses(left, right))
    if denied or alike < _OF_ONE_THING:
        return denied
    figures = bool(_lacking(left, right) and _lacking(right, left))
    if figures or exchanged(left.marked, right.marked):
        return True
    named = _name_others(left, right, first=alike >= _NEARLY)
    return alike >= _CLOSELY and (named or polarity.opposed(left.bare, right.bare))


def _text(text: str) -> _Text:
    text = polarity.written(text)
    found = values(text)
    marked = text
    for value in reversed(found):
        end = value.position + len(value.shown)
        digits = re.sub(r"\D", "", value.value)
        marked = f"{marked[: value.position]} {digits} {value.unit} {marked[end:]}"
    return _Text(text, found, without(text, found), marked)


def _clauses(left: _Text, right: _Text) -> list[tuple[str, str]]:
    """The clauses of the text that has fewer, each beside the one most like it in the other, if any is."""
    fewer, more = sorted((_CLAUSE.split(left.bare), _CLAUSE.split(right.bare)), key=len)
    found = [(one, max(more, key=lambda other: words.similarity(one, other))) for one in fewer]
    return [pair for pair in found if words.similarity(*pair) >= _OF_ONE_THING]


def _lacking(left: _Text, right: _Text) -> list[Value]:
    """The values of one text that the other does not state."""
    shared = frozenset(words.terms(left.text)) & frozenset(words.terms(right.text))
    return [
        value for value in left.values if not any(_states(value, other, shared) for other in right.values)
    ]


def _states(value: Value, other: Value, shared: frozenset[str]) -> bool:
    """Whether both are the same, whichever word their units are read from: "3 large nets" are 3 nets."""
    loose = {value.unit, other.unit} & {"", *shared}
    return value.agrees(other) and (value.unit == other.unit or bool(loose))


def _name_others(left: _Text, right: _Text, *, first: bool) -> bool:
    """Whether each text names something that the other does not; the ``first`` word may be no name."""
    ours, theirs = (_names(side.bare if first else _unbegun(side.bare)) for side in (left, right))
    return _names_beside(ours, right) and _names_beside(theirs, left)


def _unbegun(text: str) -> str:
    """A text without its first word, which has a capital anyway."""
    return text.strip().partition(" ")[2]


def _names_beside(names: Sequence[tuple[str, ...]], other: _Text) -> bool:
    known = {word.lower() for word in words.words(other.text)} | set(words.terms(other.text))
    known.update(term for name in _names(other.bare) for term in name)
    return any(not set(name) & known for name in names)


def _names(text: str) -> Sequence[tuple[str, ...]]:
    """Each name as the terms it may be known by; single letters name, and so do ordinals and weekdays."""
    shown = [match[0] for match in _NAME.finditer(text)]
    named = [tuple(words.terms(name)) or _letter(name) for name in shown]
    telling = [(word,) for word in words.words(text) if word in _TELLING]
    return [name for name in (*named, *telling) if name]


def _letter(name: str) -> tuple[str, ...]:
    return (name.lower(),) if len(name) == 1 and name not in {"A", "I"} else ()
