"""The parts that words have in a sentence: the preposition or conjunction before them, or none."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from swarm_app import words

_PREPOSITION_WORDS = """
    about above across after against along among around as at before behind below beneath beside between
    beyond by during for from in inside into near of off on onto over past per than through till to
    toward towards under until up upon via with within without
"""
_CONJUNCTION_WORDS = "although because if once since so though unless when whereas where while"
_PREPOSITIONS = frozenset(_PREPOSITION_WORDS.split())
_CONJUNCTIONS = frozenset(_CONJUNCTION_WORDS.split())
_LISTING = frozenset({"and", "or", "nor"})
_ENDS = frozenset({",", ";", ":", ".", "(", ")"})
_TOKEN = re.compile(r"[\w'’-]*\w|[,;:.()]")
MAIN = ""  # the part of what stands behind no preposition


class Word(NamedTuple):
    """A term: its part, the list that it is an item of (0: none), and where it stands."""

    term: str
    part: str
    listed: int
    place: int


class _Item(NamedTuple):
    """A name, a number with what it counts, or a single word; one without terms joins or ends."""

    text: str
    terms: tuple[str, ...]

    @property
    def is_name(self) -> bool:
        return bool(self.terms) and self.text[0].isupper()

    @property
    def is_number(self) -> bool:
        return self.text.isdigit()


def parts(text: str) -> list[Word]:
    """The terms of a sentence in order, each with its part."""
    items = _items(text)
    lists = _lists(items)
    found = [
        (term, part, lists.get(place, 0))
        for place, (item, part) in enumerate(zip(items, _parts(items), strict=True))
        for term in item.terms
    ]
    return [Word(*each, place) for place, each in enumerate(found)]


def _items(text: str) -> list[_Item]:
    items: list[_Item] = []
    for token in _TOKEN.findall(text):
        item = _Item(token.lower() if not _terms(token) else token, _terms(token))
        if items and item.terms and (items[-1].is_number or (item.is_name and items[-1].is_name)):
            items[-1] = _Item(item.text, (*items[-1].terms, *item.terms))
        else:
            items.append(item)
    return items


def _terms(token: str) -> tuple[str, ...]:
    """A token's terms; a single capital letter names something."""
    named = len(token) == 1 and token.isupper() and token not in {"A", "I"}
    return (token.lower(),) if named else words.terms(token)


def _parts(items: Sequence[_Item]) -> Iterator[str]:
    """The part of each item: a preposition's lasts for one phrase, a conjunction's for its clause.

    What is to be done is one phrase with what it is done to: "to sweep the deck".
    """
    clause = part = MAIN
    spoken = joined = False
    for item in items:
        if item.terms:
            spoken, joined = part != "to" or spoken or item.is_name, False
        elif item.text in _CONJUNCTIONS:
            clause = part = item.text
        elif item.text in _PREPOSITIONS:
            part, spoken = item.text, False
        elif item.text in _ENDS:
            part, clause = (MAIN if part == clause else part), MAIN
        elif item.text in _LISTING:
            joined = True
        elif spoken and not joined:
            part = clause
        yield part


def _lists(items: Sequence[_Item]) -> dict[int, int]:
    """Which items are of one list, by its number: their order says nothing."""
    lists: dict[int, int] = {}
    for place, item in enumerate(items):
        if item.text in _LISTING and not item.terms:
            first, last = _before(items, place), _behind(items, place)
            if first and last is not None and _stands_alone(items, first[-1], last):
                lists |= dict.fromkeys([*first, last], place)
    return lists


def _before(items: Sequence[_Item], place: int) -> list[int]:
    """The items listed before an "and", nearest first: commas and articles aside, one after the other."""
    found: list[int] = []
    at = place - 1
    while at >= 0 and (items[at].terms or (not found and items[at].text == ",")):
        if items[at].terms:
            found.append(at)
            at -= 1
            while at >= 0 and not items[at].terms and items[at].text in {"the", "a", "an"}:
                at -= 1
            if at < 0 or items[at].text != ",":
                break
        at -= 1
    return found


def _behind(items: Sequence[_Item], place: int) -> int | None:
    following = range(place + 1, min(place + 3, len(items)))
    return next((at for at in following if items[at].terms), None)


def _stands_alone(items: Sequence[_Item], first: int, last: int) -> bool:
    """Whether a list begins the sentence, or ends with its phrase: "paid A and B came" joins two clauses."""
    begins = not any(item.terms for item in items[:first])
    after = items[last + 1] if last + 1 < len(items) else None
    return begins or after is None or (not after.terms and after.text in _ENDS | _PREPOSITIONS)
