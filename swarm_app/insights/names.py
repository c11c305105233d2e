"""Names: what a text calls a thing that other documents may speak of too."""

import re

from swarm_app import words

_CODE = r"\b(?=[\w-]{4,24}\b)(?=[\w-]*[A-Za-z])(?=(?:[\w-]*\d){2})\w[\w-]*\b"  # "HM-2209", "PO118"
_NUMBER = r"(?<![\w.,:/-])(?!(?:19|20)\d\d\b)\d{4,12}\b(?![.,:/-]\d)"  # "4471", and no year
_PROPER = r"\b[A-Z][a-z'’-]+(?: [A-Z][a-z'’-]+)+\b"  # "Halden Marine"
_IDENTIFIER = r"\b(?:[A-Za-z]+_\w+|[a-z]+[A-Z]\w+|[A-Z][a-z]+[A-Z]\w+)\b"  # "on_chord_part_return"
_NAMES = [re.compile(pattern) for pattern in (_CODE, _NUMBER, _PROPER, _IDENTIFIER)]


def names(text: str) -> tuple[str, ...]:
    """The names in a text without repeats: codes, numbers that are no year, proper names, identifiers."""
    found = (_plain(match) for pattern in _NAMES for match in pattern.findall(text))
    return words.distinct(name for name in found if name)


def _plain(name: str) -> str:
    """A name without a function word that only began its sentence; empty if one word is left of several."""
    proper = name.split(" ")
    kept = proper[1:] if proper[0].lower() in words.STOPWORDS else proper
    return " ".join(kept) if len(proper) == 1 or len(kept) > 1 else ""
