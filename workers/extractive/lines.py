"""Lines of an excerpt, each with its texture: prose, docstring, comment, code, …"""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from swarm_app.contracts.documents import Excerpt
from swarm_app.documents.kinds import kind_of
from workers.extractive.literal import is_fence, literal
from workers.extractive.markup import words_of


class Texture(StrEnum):
    """What a line is made of."""

    PROSE = "prose"
    DOC = "doc"
    COMMENT = "comment"
    CODE = "code"
    HEADING = "heading"
    ROW = "row"  # of a table, or a line of data
    BLANK = "blank"


@dataclass(frozen=True)
class Line:
    """One line of an excerpt: ``offset`` is where it begins in its text, ``lead`` where its words do."""

    number: int
    offset: int
    text: str  # without its line ending
    lead: int
    texture: Texture

    @property
    def words(self) -> str:
        """What a reader reads: no indentation, comment sign or quotation marks of a docstring."""
        words = self.text[self.lead :].rstrip()
        return _CLOSING.sub("", words) if self.texture is Texture.DOC else words


_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_CLOSING = re.compile(r"\s*(?:\"\"\"|''')$")
_TRIPLE = re.compile(r'"""|\'\'\'')
_DOCSTRING = re.compile(r"\s*[rRbBuUfF]{0,2}(?:\"\"\"|\'\'\')")
_DOC_LEAD = re.compile(r"\s*(?:[rRbBuUfF]{0,2}(?:\"\"\"|'''))?\s*")
_COMMENT_LEAD = re.compile(r"\s*(?:#+[:!]?|//+!?|/\*+|\*/?(?=\s|$)|--+(?=\s|$)|;+)\s*")
_PROSE_LEAD = re.compile(r"\s*(?:>\s*)*(?:[-*•+]\s+|\d{1,3}[.)]\s+)?")
_ITEM = re.compile(r"\s*[-*] ")
_HEADING = re.compile(r"\s*#{1,6}\s|\s*=+ .* =+\s*$|[=\-~^*]{3,}\s*$")
_SECTION = re.compile(
    r"\s*(?:Args|Arguments|Parameters|Keyword Args|Attributes|Returns?|Raises|Yields|Examples?|Notes?)::?\s*$"
)  # of a docstring
_ROW = re.compile(r"\s*\S[^\t]*\t[^\t]*\t|(?:[^,]*,){6}")
_CELLS = re.compile(r"\s*\|.*\||\s*[^\s-].*\S {4,}\S|\s*\{[%{#]")  # of a table or diagram; or a template's

# A line of plain words in source code: the excerpt was cut inside a docstring and shows neither of its ends.
_SENTENCE = re.compile(
    r"\s*(?!(?:raise|return|yield|assert|from|import|if|for|while|with|not|del|global|class|async|def|in|or|and)\s)"
    r"[A-Z`:]?[\w`'’:-]+(?:,? [\w`'’-]+){4,}[,.;]?\s*$"
)

_DESCRIBED = re.compile(r"\s*\w+(?: \([^)]*\))?: [A-Z`]\w*`? [\w`'’-]+ ")  # "name (type): What it is"
_STATEMENT = re.compile(
    r"^\s*(?:@|def |class |return\b|raise |import |from \w|(?:if|for|with) .*:$|else:|try:|[)\]}])"
    r"|\w\(| [!=+]?= |[({\[,]$"
)

_DOCSTRINGS = frozenset([".py", ".pyi", ".pyx"])
_DATA = frozenset(["json", "csv"])  # kinds of documents


def is_code(path: str) -> bool:
    """Whether a document's name says that it is source code or configuration."""
    return _kind(path) == "code"


def _kind(path: str) -> str:
    """What kind of document it is, as far as its name says so."""
    return kind_of(PurePosixPath(path).name, b"")


def lines_of(excerpt: Excerpt) -> list[Line]:
    """The lines of an excerpt in order, those of HTML without its markup."""
    raw = [match for match in _LINE.finditer(words_of(excerpt.path, excerpt.text)) if match.group()]
    texts = [match.group().rstrip("\r\n") for match in raw]
    textures = _textures(excerpt.path, texts)
    return [
        Line(excerpt.start + index, match.start(), text, _lead(text, texture), texture)
        for index, (match, text, texture) in enumerate(zip(raw, texts, textures, strict=True))
    ]


def _textures(path: str, texts: list[str]) -> list[Texture]:
    if _kind(path) in _DATA:
        return [Texture.ROW if text.strip() else Texture.BLANK for text in texts]
    shown = literal(texts)
    if not is_code(path):
        return [_prose(text, literally) for text, literally in zip(texts, shown, strict=True)]
    has_docstrings = PurePosixPath(path).suffix.lower() in _DOCSTRINGS
    inside = _docstrings(texts) if has_docstrings else [False] * len(texts)
    return [
        _code(text, doc and not literally) for text, doc, literally in zip(texts, inside, shown, strict=True)
    ]


def _prose(text: str, shown: bool) -> Texture:
    if not text.strip() or is_fence(text):
        return Texture.BLANK
    if shown:
        return Texture.CODE
    if _HEADING.match(text):
        return Texture.HEADING
    if _CELLS.match(text):
        return Texture.ROW
    return Texture.ROW if _ROW.match(text) and not re.search(r"[.!?]\s*$", text) else Texture.PROSE


def _code(text: str, doc: bool) -> Texture:
    if not text.strip() or is_fence(text):
        return Texture.BLANK
    comment = _COMMENT_LEAD.match(text)
    if comment and not (doc and _ITEM.match(text)):
        return Texture.COMMENT if text[comment.end() :].strip("-=#*/ ") else Texture.BLANK
    if doc and _SECTION.match(text):
        return Texture.HEADING
    if doc:
        return Texture.DOC if _DOC_LEAD.sub("", text, count=1).strip("\"' \t") else Texture.BLANK
    return Texture.CODE


def _docstrings(texts: list[str]) -> list[bool]:
    """Which lines are part of a docstring; strings that are assigned or passed are code."""
    if not any(_TRIPLE.search(text) for text in texts):
        return _words_only(texts)
    marks: list[bool] = []
    inside = _begins_inside(texts)
    doc = inside
    for text in texts:
        delimiters = len(_TRIPLE.findall(text))
        if delimiters and not inside:
            doc = _DOCSTRING.match(text) is not None
        marks.append(doc and (inside or delimiters > 0))
        inside ^= bool(delimiters % 2)
    return marks


def _words_only(texts: list[str]) -> list[bool]:
    """Which lines are words, in an excerpt that shows no end of a docstring: all, if few look like code."""
    spoken = [_SENTENCE.match(text) is not None or _DESCRIBED.match(text) is not None for text in texts]
    coded = sum(_STATEMENT.search(text) is not None for text in texts)
    return [True] * len(texts) if sum(spoken) > coded else spoken


def _begins_inside(texts: list[str]) -> bool:
    """Whether an excerpt was cut inside a docstring: its first delimiter closes one."""
    for index, text in enumerate(texts):
        found = _TRIPLE.search(text)
        if not found:
            continue
        before, after = text[: found.start()].strip(), text[found.end() :].strip()
        if before or after:
            return bool(before) and not after and not re.search(r"[=(,:\[]\s*\w{0,2}$|^\w{1,2}$", before)
        previous = next((line.strip() for line in reversed(texts[:index]) if line.strip()), ":")
        return not previous.endswith((":", "(", "="))
    return False


def _lead(text: str, texture: Texture) -> int:
    pattern = {Texture.DOC: _DOC_LEAD, Texture.COMMENT: _COMMENT_LEAD, Texture.PROSE: _PROSE_LEAD}.get(
        texture
    )
    found = pattern.match(text) if pattern else re.match(r"\s*", text)
    return found.end() if found else 0
