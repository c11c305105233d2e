"""Lines put together: paragraphs of prose, docstrings and comments, and small blocks of code."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from swarm_app.documents.visible import PARAGRAPH
from workers.extractive.lines import Line, Texture

READABLE = frozenset([Texture.PROSE, Texture.DOC, Texture.COMMENT])
_OPENING = re.compile(r"\s*(?:async\s+def|def|class|function|func|fn|pub|@)\b|\s*@")
_ITEM = re.compile(r"\s*(?:(?:[-*•+]|\d{1,3}[.)]|:\w[^:`]*:)(?:\s|$)|\.\. )")  # no *emphasis*, no :role:`…`
_PARAMETER = re.compile(r"\s*[*`]{0,4}\w+`{0,2}(?: ?\([^)]*\))?:\s+\S")  # "name (type): what it is"
_TURN = re.compile(r"[A-Z][\w.'-]*(?: [\w.'-]+){0,4}: ")  # of a transcript: who speaks
_UNFINISHED = re.compile(r"[^.!?:\"”’')*_\s][\"”’')*_]*\s*$")
_SHORTEST, _LONGEST = 40, 130  # characters of a wrapped line; a longer one is a paragraph of its own
_CODE_LINES = 8


@dataclass(frozen=True)
class Block:
    """Consecutive lines of one texture."""

    lines: Sequence[Line]

    @property
    def texture(self) -> Texture:
        """What all of its lines are made of."""
        return self.lines[0].texture

    @cached_property
    def text(self) -> str:
        """The lines' words, joined by spaces."""
        return " ".join(line.words for line in self.lines)

    @cached_property
    def _starts(self) -> list[int]:
        starts, position = [], 0
        for line in self.lines:
            starts.append(position)
            position += len(line.words) + 1
        return starts

    def place(self, position: int) -> tuple[Line, int]:
        """The line at a position of the block's text, and where in the excerpt's text that is."""
        index = bisect_right(self._starts, position) - 1
        line = self.lines[index]
        return line, line.offset + line.lead + position - self._starts[index]


def blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """The lines' blocks in order; blank lines, headings and rows of tables stand in none."""
    block: list[Line] = []
    for line in lines:
        if block and not _continues(block, line):
            yield Block(block)
            block = []
        if line.texture in READABLE or line.texture is Texture.CODE:
            block.append(line)
    if block:
        yield Block(block)


def _continues(block: Sequence[Line], line: Line) -> bool:
    last = block[-1]
    if line.texture is not last.texture or line.number != last.number + 1:
        return False
    if line.texture is Texture.CODE:
        return not _opens(block, line)
    if line.texture is not Texture.COMMENT and _ITEM.match(line.text):
        return False
    if line.texture is Texture.DOC and _PARAMETER.match(line.text):
        return False
    return line.texture is not Texture.PROSE or (_wraps(last, line) and not _TURN.match(line.text))


def _opens(block: Sequence[Line], line: Line) -> bool:
    """Whether code begins a block of its own here: a definition, less indented, or enough said before."""
    first, here = _indent(block[0].text), _indent(line.text)
    closing = line.text.lstrip()[:1] in {")", "]", "}"}
    enough = len(block) >= _CODE_LINES and here <= first and not closing
    return bool(_OPENING.match(line.text)) or here < first or enough or len(block) >= 2 * _CODE_LINES


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _wraps(line: Line, following: Line) -> bool:
    """Whether a line of prose goes on in the following one: unfinished, and cut by its width."""
    if PARAGRAPH in {line.text.rstrip(" \t")[-1:], following.text.lstrip(" \t")[:1]}:
        return False
    goes_on = following.words[:1].islower()
    unfinished = _UNFINISHED.search(line.text) or (goes_on and line.text.rstrip().endswith(":"))
    return bool(unfinished) and len(line.text) <= _LONGEST and (goes_on or len(line.text) >= _SHORTEST)
