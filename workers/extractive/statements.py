"""Excerpts cut into statements: what can be quoted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from swarm_app.contracts.documents import MAX_CITATION_LINES, MIN_QUOTE_CHARS, Citation, Excerpt
from swarm_app.prose import ABBREVIATED
from workers.extractive.blocks import READABLE, Block, blocks
from workers.extractive.lines import Texture, lines_of
from workers.extractive.markup import read_as

_END = re.compile(
    r"(?<=[.!?…])[\"”’')\]\u2060]*\s+(?=[\"“‘'(\[`*_\u2060]*[A-Z0-9])|(?<=:)\s+(?=- )|\s*\u2029\s*"
)  # the last is where HTML begins or ends a paragraph


@dataclass(frozen=True)
class Statement:
    """A slice of an excerpt that can be quoted: ``quote`` stands in lines ``start``–``end``."""

    excerpt: Excerpt
    first_char: int  # offsets into the excerpt's text
    last_char: int
    start: int
    end: int
    text: str  # on one line, as a person reads it
    texture: Texture
    block: int  # which of the excerpt's blocks it is part of
    cells: tuple[tuple[str, str], ...] = ()  # of a row: what a column is called, and what it says
    header: Citation | None = None  # of a row: where the names of its columns stand

    @property
    def path(self) -> str:
        """The document's path."""
        return self.excerpt.path

    @property
    def quote(self) -> str:
        """The document's own words, spaces collapsed unless it is code."""
        quote = self.excerpt.text[self.first_char : self.last_char]
        return quote.strip("\r\n") if self.texture is Texture.CODE else " ".join(quote.split())

    @property
    def citation(self) -> Citation:
        """The statement as evidence."""
        return Citation(
            path=self.path, start=self.start, end=self.end, quote=self.quote, sha256=self.excerpt.sha256
        )

    def joined(self, following: "Statement") -> "Statement":
        """This statement and one that follows it in the same block, as one."""
        return replace(
            self,
            last_char=following.last_char,
            end=following.end,
            text=f"{self.text} {following.text}",
        )


def statements(excerpt: Excerpt) -> list[Statement]:
    """The statements of an excerpt in order: sentences of what is read, whole blocks of code."""
    return [statement for statement in parts(excerpt) if _quotable(statement)]


def parts(excerpt: Excerpt) -> list[Statement]:
    """All that an excerpt says, in order: its statements, and what is too short or too long to be quoted."""
    return [
        _statement(excerpt, block, span, number)
        for number, block in enumerate(blocks(lines_of(excerpt)))
        for span in _spans(block)
    ]


def _quotable(statement: Statement) -> bool:
    short = statement.end - statement.start < MAX_CITATION_LINES
    return short and len(" ".join(statement.quote.split())) >= MIN_QUOTE_CHARS


def _spans(block: Block) -> Iterator[tuple[int, int]]:
    """Where the statements of a block stand in its text: ``(start, end)``."""
    begin = 0
    for match in _END.finditer(block.text) if block.texture in READABLE else ():
        if not ABBREVIATED.search(block.text[begin : match.start()]):
            end = match.start() + len(match.group().rstrip())
            if begin < end:
                yield begin, end
            begin = match.end()
    if begin < len(block.text.rstrip()):
        yield begin, len(block.text.rstrip())


def _statement(excerpt: Excerpt, block: Block, span: tuple[int, int], number: int) -> Statement:
    first, first_char = block.place(span[0])
    last, last_char = block.place(span[1] - 1)
    if block.texture is Texture.CODE:
        first_char = first.offset
    text = read_as(excerpt.path, block.text[slice(*span)])
    return Statement(
        excerpt=excerpt,
        first_char=first_char,
        last_char=last_char + 1,
        start=first.number,
        end=last.number,
        text=text,
        texture=block.texture,
        block=number,
    )
