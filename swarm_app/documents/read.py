"""Reading one file as a line-addressed document."""

import hashlib
from itertools import accumulate
from pathlib import Path

from swarm_app.contracts.documents import Document
from swarm_app.documents import pdf, plain, tokens
from swarm_app.documents.content import content_of
from swarm_app.documents.kinds import kind_of
from swarm_app.documents.text import Text, split_lines
from swarm_app.errors import DocumentError


def read(path: str, file: Path, *, max_bytes: int) -> Text:
    """The document in `file`, cited as `path`.

    Raises `DocumentError`, whose message is the reason alone (the caller knows the path): empty, binary,
    not UTF-8, larger than `max_bytes`, an encrypted or damaged PDF or one without text, unreadable, or
    changed while it was read. Nothing that a file holds raises anything else.
    """
    return parse(path, content_of(file, max_bytes=max_bytes), max_chars=max_bytes)


def parse(path: str, content: bytes, *, max_chars: int) -> Text:
    """The document of these bytes, cited as `path`; raises `DocumentError` as `read` does."""
    if not content:
        raise DocumentError("empty")
    kind = kind_of(path.rpartition("/")[2], content)
    pages = pdf.pages_of(content, max_chars=max_chars) if kind == "pdf" else [plain.decode(content)]
    return _text(path, kind, content, pages)


def _text(path: str, kind: str, content: bytes, pages: list[str]) -> Text:
    lines_of_pages = [split_lines(page) for page in pages]
    lines = [line for page in lines_of_pages for line in page]
    document = Document(
        path=path,
        sha256=hashlib.sha256(content).hexdigest(),
        kind=kind,
        size=len(content),
        lines=len(lines),
        chars=sum(map(len, lines)),
        tokens=sum(map(tokens.count, pages)),
        pages=_first_lines(lines_of_pages) if kind == "pdf" else (),
    )
    return Text(document=document, lines=lines)


def _first_lines(pages: list[list[str]]) -> tuple[int, ...]:
    """The first line of each page; a page without lines starts where the next one would."""
    return tuple(accumulate((len(page) for page in pages[:-1]), initial=1))
