"""Where a document stands in a collection, told by its path: at its core, or aside from it."""

import re

CORE = 1.0
_ASIDE = (
    (
        re.compile(
            r"(?i)(?:^|/)(?:locales?|translations?|i18n|lc_messages)/|\.(?:po|pot|lock|svg|map)$|\.min\.\w+$"
        ),
        0.2,
    ),
    (re.compile(r"(?i)(?:^|/)(?:licen[cs]e|copying|notice|authors|contributors)[^/]*$"), 0.2),
    (
        re.compile(
            r"(?i)(?:^|/)(?:tests?|fixtures?|testing|examples?|samples?|mocks?)/|(?:^|/)test_[^/]*$|_test\.\w+$"
        ),
        0.45,
    ),
    (re.compile(r"(?i)(?:^|/)(?:changelog|changes|history|news|releases?|whatsnew)[^/]*$"), 0.7),
)


def standing(path: str) -> float:
    """1 for the core of a collection; less for translations, licences, tests, examples, change logs."""
    return min((factor for pattern, factor in _ASIDE if pattern.search(path)), default=CORE)
