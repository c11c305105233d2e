"""Values in a sentence that two passages may state differently: dates, versions, numbers with units."""

import re
from dataclasses import dataclass

from swarm_app import words

_MONTH = "(?:jan|febr)uary|march|april|may|june|july|august|(?:septem|octo|novem|decem)ber"
_NUMBER_WORDS = """
    two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 fifteen:15 twenty:20
    thirty:30 forty:40 fifty:50 sixty:60 ninety:90
"""
_SPELLED = dict(pair.split(":") for pair in _NUMBER_WORDS.split())
_VALUE = re.compile(
    rf"""(?ix)
    (?P<date> \b\d{{4}}-\d\d-\d\d\b
        | \b\d{{1,2}}\s+(?:{_MONTH})\b(?:,?\s+\d{{4}})?
        | \b(?:{_MONTH})\s+\d{{1,4}}\b(?:,?\s+\d{{4}})?
        | (?<![\d.,$€£])\b(?:1[5-9]|20)\d\d\b(?![.,]?\d|\s*(?:%|[a-z]+s\b)) )
    | (?P<version> (?:(?<=version\ )|(?<=release\ )|(?<=python\ )|\bv|>=\s?|==\s?)\d+(?:\.\d+)*\b
        | \b\d+\.\d+\.\d+\b )
    | (?P<number> (?:[$€£]\s?|\b)(?:\d[\d,]*(?:\.\d+)?|{"|".join(_SPELLED)})\b(?:\s?%)? )
        (?:[\s-]?(?P<unit>[a-z]+))?
    """
)
_REFERENCE = re.compile(
    r"(?i)\b(?:figure|fig\.?|section|chapter|pages?|step|table|lines?|issue|pep|rfc|appendix|bug|ticket|no\.|#)\s*$"
)


@dataclass(frozen=True)
class Value:
    """One value: what it is, of which unit, where its first character stands."""

    kind: str  # date, version or number
    value: str
    unit: str
    shown: str  # as it stands in the text
    position: int


def values(text: str) -> list[Value]:
    """The values of a sentence in order; references ("section 3") are none."""
    return [
        _value(match)
        for match in _VALUE.finditer(text)
        if not _REFERENCE.search(text[: match.start()]) and any(char.isalnum() for char in match.group())
    ]


def without(text: str, found: list[Value]) -> str:
    """The sentence with its values taken out, units left standing."""
    for value in reversed(found):
        end = value.position + len(value.shown)
        text = f"{text[: value.position]} {value.unit} {text[end:]}"
    return text


def _value(match: re.Match[str]) -> Value:
    kind = next(name for name in ("date", "version", "number") if match[name])
    unit = match["unit"] or ""
    plain = match[kind].strip().lower().lstrip("v>=").replace(",", "").strip()
    return Value(
        kind=kind,
        value=_SPELLED.get(plain, plain),
        unit=words.stem(unit) if words.is_content(unit.lower()) else "",
        shown=match.group().rstrip() if words.is_content(unit.lower()) else match[kind].rstrip(),
        position=match.start(),
    )
