"""Values in a sentence that two passages may state differently: dates, versions, numbers with units."""

import re
from dataclasses import dataclass

from swarm_app import words
from swarm_app.sense.dates import BARE_MONTH, DATE, canonical, is_month
from swarm_app.sense.numbers import NUMBER, amount, sign_of, unit_of

_VALUE = re.compile(
    rf"""(?ix)
    (?P<date> {DATE} | {BARE_MONTH} )
    | (?P<version> (?:(?<=version\ )|(?<=release\ )|(?<=python\ )|\bv|>=\s?|==\s?)\d+(?:\.\d+)*\b
        | \b\d+\.\d+\.\d+\b )
    | (?P<number> {NUMBER} ) (?:[\s-]?(?P<unit>[ap]\.\s?m\b\.?|[a-z]+))?
    """
)
_REFERENCE = re.compile(
    r"(?i)\b(?:figure|fig\.?|section|chapter|pages?|step|table|lines?|issue|pep|rfc|appendix|bug|ticket|no\.|#)\s*$"
)
_SHORT = frozenset([*"mglhtvw", "am", "pm"])  # units that are no content words


@dataclass(frozen=True)
class Value:
    """One value: what it is, of which unit, where its first character stands.

    Dates are written as ``YYYY-MM-DD`` with ``?`` for what is not told, numbers without separators.
    """

    kind: str  # date, version or number
    value: str
    unit: str
    shown: str  # as it stands in the text
    position: int

    def agrees(self, other: "Value") -> bool:
        """Whether both can be meant: equal, or dates of which one tells less than the other."""
        if self.kind != other.kind or len(self.value) != len(other.value):
            return False
        return all(
            ours == theirs or "?" in ours + theirs
            for ours, theirs in zip(self.value, other.value, strict=True)
        )


def values(text: str) -> list[Value]:
    """The values of a sentence in order; references ("section 3") are none."""
    return [_value(match) for match in _VALUE.finditer(text) if _is_value(match)]


def without(text: str, found: list[Value]) -> str:
    """The sentence with its values taken out, units left standing."""
    for value in reversed(found):
        end = value.position + len(value.shown)
        text = f"{text[: value.position]} {value.unit} {text[end:]}"
    return text


def _is_value(match: re.Match[str]) -> bool:
    before = match.string[: match.start()]
    if _REFERENCE.search(before) or not any(char.isalnum() for char in match.group()):
        return False
    return not match["month"] or is_month(before)


def _value(match: re.Match[str]) -> Value:
    if match["date"]:
        return Value("date", canonical(match["date"]), "", match["date"].rstrip(), match.start())
    if match["version"]:
        plain = match["version"].strip().lower().lstrip("v>=").strip()
        return Value("version", plain, "", match["version"].rstrip(), match.start())
    told, behind = match["number"], re.sub(r"[.\s]", "", (match["unit"] or "").lower())  # a.m. is am
    signed = sign_of(told)
    counted = behind if not signed and (words.is_content(behind) or behind in _SHORT) else ""
    shown = match.group() if counted else told
    return Value("number", amount(told), signed or unit_of(counted), shown.rstrip(), match.start())
