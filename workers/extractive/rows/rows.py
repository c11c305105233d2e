"""The rows that excerpts show, as statements that can be quoted."""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from swarm_app.contracts.context import Context
from swarm_app.contracts.documents import MAX_CITATION_LINES, MIN_QUOTE_CHARS, Citation, Excerpt
from swarm_app.documents.columns import columns, separator
from swarm_app.documents.kinds import kind_of
from workers.extractive.lines import Texture
from workers.extractive.rows import delimited, marked, piped, records
from workers.extractive.rows.row import Row
from workers.extractive.rows.told import told
from workers.extractive.statements import Statement

_AROUND = 40  # lines in which a row is whole
_BACK = (150, 10_000)  # lines above, in which the names of columns are looked for
_NEAR = 5_000  # characters of a long line that are read before an excerpt of it, and behind
_BESIDE = 40  # characters by which a row that is too short to be quoted is quoted with what is beside it
_BREAK = re.compile(r"\r\n|\r|\n")
_RECORD = re.compile(r"[}\]]\s*,?\s*(?=[{\[])")

_TEMPLATE = re.compile(r"\{[{%#]|<%")

_Seen = tuple[Excerpt, Iterable[Row], Citation | None]
"""Lines of a document, the rows in them, and where the names of their columns stand if not in these lines."""


def rows(excerpts: Iterable[Excerpt], context: Context) -> list[Statement]:
    """The rows of tables and records of data that stand in some excerpts, whole, each once.

    What a row says is told by the names of its columns, which may stand far above it: `Statement.header`.
    """
    found: dict[tuple[str, int], Statement] = {}
    for excerpt in excerpts:
        for seen, these, header in _seen(excerpt, context):
            for row in these:
                place = excerpt.path, seen.start_char + row.start
                if place not in found and _overlap(row, seen, excerpt) and row.cells:
                    said = seen.model_copy(update={"score": excerpt.score})
                    found[place] = _statement(row, said, header, -1 - len(found))
    return [one for one in found.values() if _says_something(one)]


def _says_something(row: Statement) -> bool:
    """Whether a row is short enough to be quoted, and no template of rows."""
    return row.end - row.start < MAX_CITATION_LINES and not _TEMPLATE.search(row.text)


def _seen(excerpt: Excerpt, context: Context) -> Iterator[_Seen]:
    kind = kind_of(PurePosixPath(excerpt.path).name, b"")
    if kind == "csv":
        yield from _delimited(excerpt, context)
    elif kind == "json":
        yield from _records(excerpt, context)
    elif kind == "html":
        yield from _marked(excerpt, context)
    elif kind != "code" and "|" in excerpt.text:
        yield from _piped(excerpt, context)


def _delimited(excerpt: Excerpt, context: Context) -> Iterator[_Seen]:
    first = context.read(excerpt.path, 1, 1)
    lines = context.read(excerpt.path, max(1, excerpt.start - 1), excerpt.end + 1)
    if first and lines:
        by, names = separator(excerpt.path, first.text), columns(excerpt.path, first.text)
        header = _cited(first, 0, len(first.text)) if names else None
        yield lines, delimited.rows(lines.text, names, by), header


def _records(excerpt: Excerpt, context: Context) -> Iterator[_Seen]:
    lines = context.read(excerpt.path, max(1, excerpt.start - _AROUND), excerpt.end + _AROUND)
    if lines:
        near = _near(lines, excerpt)
        yield near, records.rows(near.text), None


def _marked(excerpt: Excerpt, context: Context) -> Iterator[_Seen]:
    for back in _BACK:
        lines = context.read(excerpt.path, max(1, excerpt.start - back), excerpt.end + _AROUND)
        if lines and (marked.begins(lines.text) or back == _BACK[-1]):
            first = excerpt.start_char - lines.start_char
            yield lines, marked.rows(lines.text, first, first + len(excerpt.text)), None
            return


def _piped(excerpt: Excerpt, context: Context) -> Iterator[_Seen]:
    for back in (0, *_BACK):
        lines = context.read(excerpt.path, max(1, excerpt.start - back), excerpt.end)
        if lines and (piped.begins(lines.text) or not piped.is_cut(lines.text)):
            yield lines, piped.rows(lines.text), None
            return


def _near(lines: Excerpt, excerpt: Excerpt) -> Excerpt:
    """The lines, or of long ones what stands near an excerpt, from the beginning of a record on."""
    first = excerpt.start_char - lines.start_char
    begin = 0
    if first > _NEAR:
        record = _RECORD.search(lines.text, first - _NEAR, first)
        begin = record.end() if record else first
    text = lines.text[begin : first + len(excerpt.text) + _NEAR]
    start = lines.start + _breaks(lines.text[:begin])
    return lines.model_copy(update={"text": text, "start": start, "start_char": lines.start_char + begin})


def _overlap(row: Row, seen: Excerpt, excerpt: Excerpt) -> bool:
    begin = seen.start_char + row.start
    return begin < excerpt.start_char + len(excerpt.text) and excerpt.start_char < begin + row.end - row.start


def _statement(row: Row, seen: Excerpt, header: Citation | None, block: int) -> Statement:
    first, last = _quotable(seen.text, row.start, row.end)
    start = seen.start + _breaks(seen.text[:first])
    return Statement(
        excerpt=seen,
        first_char=first,
        last_char=last,
        start=start,
        end=start + _breaks(seen.text[first:last].rstrip()),
        text=told(row.cells),
        texture=Texture.ROW,
        block=block,
        cells=row.cells,
        header=_cited(seen, *row.header) if row.header else header,
    )


def _cited(lines: Excerpt, first: int, last: int) -> Citation | None:
    quote = " ".join(lines.text[first:last].split())
    if len(quote) < MIN_QUOTE_CHARS:
        return None
    start = lines.start + _breaks(lines.text[:first])
    end = start + _breaks(lines.text[first:last].rstrip())
    return Citation(path=lines.path, start=start, end=end, quote=quote, sha256=lines.sha256)


def _quotable(text: str, first: int, last: int) -> tuple[int, int]:
    """Where a row stands, with what is beside it as long as it is too short to be quoted."""
    while len(" ".join(text[first:last].split())) < MIN_QUOTE_CHARS and (first > 0 or last < len(text)):
        above, below = text[:first].rstrip(), text[last:].lstrip()
        if above:
            first = max(above.rfind("\n") + 1, above.rfind("\r") + 1, len(above) - _BESIDE)
        elif below:
            begin = len(text) - len(below)
            ended = _BREAK.search(text, begin)
            last = min(ended.start() if ended else len(text), begin + _BESIDE)
        else:
            break
    return first, last


def _breaks(text: str) -> int:
    return len(_BREAK.findall(text))
