"""Dates as they are written, and each in one form: ``12 May 2024`` and ``2024-05-12`` are one day."""

import re

_NAMES = (
    "jan(?:uary|\\b\\.?)", "feb(?:ruary|\\b\\.?)", "(?-i:Mar(?:ch|\\b\\.?)|MARCH)", "apr(?:il|\\b\\.?)",
    "(?-i:May|MAY)", "june?", "july?", "aug(?:ust|\\b\\.?)", "sep(?:tember|t?\\b\\.?)", "oct(?:ober|\\b\\.?)",
    "nov(?:ember|\\b\\.?)", "dec(?:ember|\\b\\.?)",
)  # fmt: skip
_MONTH = f"(?:{'|'.join(_NAMES)})"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = rf"""\b\d{{4}}-\d\d-\d\d\b
    | \b{_DAY}\s+(?:of\s+)?{_MONTH}(?!\w)(?:,?\s+\d{{4}}\b)?
    | \b{_MONTH}\s+{_DAY}(?!\w|[.,]\d)(?:,?\s+\d{{4}}\b)?
    | \b{_MONTH}\s+\d{{4}}\b
    | (?<![\d.,$€£])\b(?:1[5-9]|20)\d\d\b(?![.,]?\d|\s*(?:%|[a-z]+s\b))"""
_IN_FULL = "January|February|March|April|May|June|July|August|September|October|November|December"
BARE_MONTH = rf"(?P<month>\b(?-i:{_IN_FULL})\b)"
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_FOUND = re.compile(rf"(?i)(?P<month>{_MONTH})|(?P<year>\d{{4}})|(?P<day>\d{{1,2}})")
_BEFORE_MONTH = re.compile(
    r"(?i)\b(?:in|by|before|after|since|until|till|from|of|for|during|early|late|mid|every|each|to|through"
    r"|next|last|this|and|or|between)[\s-]+$"
)


def is_month(before: str) -> bool:
    """Whether a month's name is one behind these words; May, April and March have other uses too."""
    return _BEFORE_MONTH.search(before) is not None


def canonical(date: str) -> str:
    """The date as ``YYYY-MM-DD``, with ``?`` in place of each digit that it does not tell."""
    if iso := _ISO.fullmatch(date.strip()):
        return iso[0]
    told = {match.lastgroup: match[0] for match in _FOUND.finditer(date)}
    month = told.get("month")
    return "-".join(
        (
            told.get("year", "????"),
            f"{_month(month):02}" if month else "??",
            told["day"].zfill(2) if "day" in told else "??",
        )
    )


def _month(name: str) -> int:
    return next(
        place for place, pattern in enumerate(_NAMES, 1) if re.fullmatch(f"(?i:{pattern})", name.strip())
    )
