"""Boilerplate: what mentions a question's words without answering anything."""

import re

from workers.extractive.lines import Texture
from workers.extractive.statements import Statement

_BOILERPLATE = re.compile(
    r"""(?ix) ^\s*(?:from\s+\S+\s+import\b | import\s | \#include | using\s | require\( | __all__ )
    | copyright\b | all\ rights\ reserved | licen[cs]ed?\ under | permission\ is\ hereby | without\ warranty
    | ^\s*(?:table\ of\ contents|contents|see\ also|references|further\ reading|external\ links)\b\s*:?$
    | ^\s*(?:https?://\S+|\S+@\S+)\s*$ | \bnoqa\b | type:\s*ignore | ^\s*(?:todo|fixme|xxx)\b
    | ^\s*(?::\w+\ [^:]*:|\.\.\ (?:versionadded|versionchanged|deprecated|seealso)::) """
)
_FRAGMENT = re.compile(r"[)\]},.;]|(?:else|elif|except|finally|end)\b")  # what began before the excerpt did
_STRING = re.compile(r"[A-Z][A-Z0-9_]+\s*=\s*(?:\w?[\"']|\(\s*\w?[\"'])")  # a message kept in a constant
_CONSTANT = 0.25
_MOST_QUOTED, _DATA = 0.05, 0.2
_SHORT_CODE = 250  # characters; longer code mentions more without saying more
_PATHS = (
    (
        re.compile(
            r"(?i)(?:^|/)(?:locales?|translations?|i18n|lc_messages)/|\.(?:po|pot|lock|min\.js|svg|map)$"
        ),
        0.2,
    ),
    (re.compile(r"(?i)(?:^|/)(?:licen[cs]e|copying|notice|authors|contributors)[^/]*$"), 0.2),
    (re.compile(r"(?i)(?:^|/)(?:tests?|fixtures?|testing|examples?)/|(?:^|/)test_[^/]*$|_test\.\w+$"), 0.6),
    (re.compile(r"(?i)(?:^|/)(?:changelog|changes|history|news|releases?|whatsnew)[^/]*$"), 0.7),
)  # where a document stands, and the factor on what it says


def weight(statement: Statement) -> float:
    """1 for what may be evidence, less for what looks like boilerplate, 0 for what certainly is."""
    if _BOILERPLATE.search(statement.text) or _symbols(statement.text) > _most_symbols(statement.texture):
        return 0.0
    return _place(statement.path) * _completeness(statement)


def is_noise_path(path: str) -> bool:
    """Whether a document is of the kind that records other versions, translations or fixtures."""
    return _place(path) < 1.0


def _place(path: str) -> float:
    return min((factor for pattern, factor in _PATHS if pattern.search(path)), default=1.0)


def _symbols(text: str) -> float:
    return sum(not (char.isalnum() or char.isspace()) for char in text) / max(1, len(text))


def _most_symbols(texture: Texture) -> float:
    return 0.4 if texture is Texture.CODE else 0.25


def _quoted(text: str) -> float:
    """Share of quotation marks: literal data is full of them."""
    return sum(text.count(mark) for mark in "\"'") / max(1, len(text))


def _completeness(statement: Statement) -> float:
    """Less for what is too short to say something, too long to be read, or only asks."""
    size = len(statement.text)
    factor = 0.5 if size < 40 else 0.8 if size < 60 else 0.85 if size > 600 else 1.0
    if statement.texture is Texture.CODE:
        factor *= min(1.0, (_SHORT_CODE / max(1, size)) ** 0.5) * (
            _CONSTANT if _STRING.match(statement.text) else 1.0
        )
    if _quoted(statement.text) > _MOST_QUOTED:
        factor *= _DATA
    asks, begun = statement.text.endswith("?"), _FRAGMENT.match(statement.text)
    return factor * (0.4 if asks else 1.0) * (0.6 if begun else 1.0)
