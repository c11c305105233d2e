"""Numbers as they are written, and each in one form: ``4.25 million`` and ``4,250,000`` are one amount."""

import re
from decimal import Decimal

from swarm_app import words

_NUMBER_WORDS = """
    two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 thirteen:13
    fourteen:14 fifteen:15 sixteen:16 seventeen:17 eighteen:18 nineteen:19 twenty:20 thirty:30 forty:40
    fifty:50 sixty:60 seventy:70 eighty:80 ninety:90
"""
_SPELLED = {name: int(number) for name, number in (pair.split(":") for pair in _NUMBER_WORDS.split())}
_DIGITS = {"one": 1, **{name: number for name, number in _SPELLED.items() if number < 10}}
_MAGNITUDES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_CURRENCIES = {
    "€": "eur", "eur": "eur", "euro": "eur", "$": "usd", "usd": "usd", "dollar": "usd",
    "£": "gbp", "gbp": "gbp", "pound": "gbp",
}  # fmt: skip
_TENS = "|".join(name for name, number in _SPELLED.items() if number >= 20)
NUMBER = rf"""(?:(?:[$€£]|\b(?-i:EUR|USD|GBP)\b)\s?|\b)
    (?:\d[\d,]*(?:\.\d+)? | (?:{_TENS})-(?:{"|".join(_DIGITS)}) | {"|".join(_SPELLED)}
        | (?:an?|one)\s+(?={"|".join(_MAGNITUDES)}))
    (?:\s?(?:{"|".join(_MAGNITUDES)}))?\b(?:\s?%)?"""
_FIGURES = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WORD = re.compile(r"[a-z]+")


def amount(number: str) -> str:
    """The number in figures, without separators, currency and trailing zeros."""
    text = number.lower()
    figures = _FIGURES.search(text)
    told = _WORD.findall(text)
    base = Decimal(figures[0].replace(",", "")) if figures else Decimal(_spelled(told))
    for word in told:
        base *= _MAGNITUDES.get(word, 1)
    return f"{base.normalize():f}"


def sign_of(number: str) -> str:
    """The unit that stands in the number itself: ``%``, or a currency before it; empty without one."""
    if "%" in number:
        return words.stem("percent")
    found = (_CURRENCIES.get(sign, "") for sign in re.findall(r"[$€£]|[a-z]+", number.lower()))
    return next(filter(None, found), "")


def unit_of(counted: str) -> str:
    """What is counted, as a stem; a currency by its code."""
    unit = words.stem(counted)
    return _CURRENCIES.get(unit, unit)


def _spelled(told: list[str]) -> int:
    return sum(_SPELLED.get(word, _DIGITS.get(word, 0)) for word in told) or 1
