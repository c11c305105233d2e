"""Boilerplate: what mentions a question's words without answering anything."""

import re

from swarm_app import words
from swarm_app.documents.standing import CORE, standing
from workers.extractive.lines import Texture
from workers.extractive.statements import Statement

_BOILERPLATE = re.compile(
    r"""(?ix) ^\s*(?:from\s+\S+\s+import\b | import\s | \#include | using\s | require\( | __all__ )
    | copyright\b | all\ rights\ reserved | licen[cs]ed?\ under | permission\ is\ hereby | without\ warranty
    | ^\s*(?:table\ of\ contents|contents|see\ also|references|further\ reading|external\ links)\b\s*:?$
    | ^\s*(?:[\w\ ,:]{0,40}\s)?<?(?:https?://\S+|\S+@\S+)\s*$ | \bnoqa\b | type:\s*ignore
    | ^\s*(?:todo|fixme|xxx)\b
    | ^\s*(?::\w+\ [^:]*:|\.\.\ (?:versionadded|versionchanged|deprecated|seealso)::) """
)
_SECTION = re.compile(
    r"(?:Args|Arguments|Parameters|Keyword Args|Attributes|Returns?|Raises|Yields|Examples?)::?\s"
)  # of a docstring
_PARAMETER = re.compile(
    r"[*`]{0,4}\w+`{0,2}(?: ?\([^)]*\))?:\s|:(?:param|arg|type|raises?|returns?)\b|``?\*{0,2}\w+``?\s*[-:]"
)
_EXAMPLE = re.compile(r">>> |\$ ")
_DOTTED = re.compile(r"\b\w+(?:\.\w+){2,}")
_POINTER = re.compile(
    r"(?:This|That|These|Those|It|They|He|She)\b(?! \w+ (?:that|which))"
)  # to what came before
_POINTING = 0.85
_FRAGMENT = re.compile(r"[)\]},.;]|(?:else|elif|except|finally|end)\b")  # what began before the excerpt did
_STRING = re.compile(
    r"[A-Z][A-Z0-9_]+\s*=\s*(?:\w?[\"']|\(\s*\w?[\"'])|[A-Z]\w*(?: [a-z][\w'’-]*){3}"
)  # a message kept in a constant, or a sentence of one
_CONSTANT = 0.25
_LISTED = 0.7  # what says what one parameter is, and of little else
_LEAST_SENSE = 0.1  # of a list without a sentence in it
_SENTENCE, _LIST = 0.25, 0.08  # share of function words from which a text is a sentence, below which a list
_FEW_WORDS = 8  # too few to tell
_LONG_LINE, _MINIFIED = 300, 0.2
_MOST_QUOTED, _DATA = 0.05, 0.2
_SHORT_CODE = 250  # characters; longer code mentions more without saying more


def weight(statement: Statement) -> float:
    """1 for what may be evidence, less for what looks like boilerplate, 0 for what certainly is."""
    if _BOILERPLATE.search(statement.text) or _symbols(statement.text) > _most_symbols(statement.texture):
        return 0.0
    return standing(statement.path) * _completeness(statement) * _sense(statement)


def is_noise_path(path: str) -> bool:
    """Whether a document is of the kind that records other versions, translations or fixtures."""
    return standing(path) < CORE


def _symbols(text: str) -> float:
    return sum(not (char.isalnum() or char.isspace()) for char in text) / max(1, len(text))


def _most_symbols(texture: Texture) -> float:
    return 0.25 if texture not in (Texture.CODE, Texture.ROW) else 0.4


def _quoted(text: str) -> float:
    """Share of quotation marks: literal data is full of them."""
    return sum(text.count(mark) for mark in "\"'") / max(1, len(text))


def _sense(statement: Statement) -> float:
    """Less for what is not made of sentences: lists of names, parameters, tables, code on one long line."""
    text = statement.text
    if statement.texture is Texture.ROW:
        return 1.0
    if statement.texture is Texture.CODE:
        return _MINIFIED if len(text) > _LONG_LINE and statement.start == statement.end else 1.0
    listed = _LISTED if _PARAMETER.match(text) or _SECTION.match(text) else 1.0
    shown = _MINIFIED if _EXAMPLE.match(text) else 1.0
    return listed * shown * _sentence(text)


def _sentence(text: str) -> float:
    """How much of a sentence a text is, by its share of function words: names and data have few."""
    spoken = text.split()
    dotted = len(_DOTTED.findall(text)) / max(1, len(spoken))
    if len(spoken) < _FEW_WORDS and not dotted:
        return 1.0
    share = sum(word.strip(".,;:()").lower() in words.STOPWORDS for word in spoken) / len(spoken)
    fluent = min(1.0, max(0.0, share - dotted - _LIST) / (_SENTENCE - _LIST))
    return _LEAST_SENSE + (1 - _LEAST_SENSE) * fluent


def _completeness(statement: Statement) -> float:
    """Less for what is too short to say something, too long to be read, or only asks."""
    size = len(statement.text)
    factor = 0.5 if size < 25 else 0.8 if size < 40 else 0.85 if size > 600 else 1.0
    if statement.texture is Texture.CODE:
        constant = _CONSTANT if _STRING.match(statement.text) else 1.0
        factor *= constant * min(1.0, (_SHORT_CODE / max(1, size)) ** 0.5)
        factor *= 0.5 if size < 60 else 1.0
    if _quoted(statement.text) > _MOST_QUOTED:
        factor *= _DATA
    asks, begun = statement.text.endswith("?"), _FRAGMENT.match(statement.text)
    factor *= _POINTING if _POINTER.match(statement.text) else 1.0
    return factor * (0.4 if asks else 1.0) * (0.6 if begun else 1.0)
