"""Lines to segments: the smallest pieces that an excerpt may begin or end with.

Prose is cut into sentences (which may run over wrapped lines), tables and data into lines, code into short
statement blocks. Each belongs to a `Unit` of the outline: a paragraph, a function, a class.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from shard.outline import Unit, outline
from shard.runs import MAX_SEGMENT_CHARS, Span, code_runs, line_runs, prose_runs

_LONG_LINE = 300
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’')\]*_]*\s+(?=[^\sa-z.!?,;])|(?<=[。！？])")
_ESCAPED_BREAK = re.compile(r"(?:\\r)?(?:\\n)+\s*")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Hon|St|Jr|Sr|vs|etc|e\.g|i\.e|No|Fig|cf|approx)\.$"
    r"|(?:^|\n|\\n)\s*\d{1,3}\.$"
)
_STOP = re.compile(r"[.!?…][\"”’')\]*_]*\s+")
_CLAUSE = re.compile(r"[;:,]\s+|(?<!\s)\s+[–—-]\s+|>\s*(?=<)")
_LINE = re.compile(r"\n|\r")
_VALUE = re.compile(r"[,;\t|]\s*")
_RECORD = re.compile(r"[}\]]\s*,\s*")
_BETWEEN_RECORDS = re.compile(r"[}\]]\s*,\s*(?=[{\[])")
_BETWEEN_ROWS = re.compile(r"</tr\s*>\s*", re.IGNORECASE)
_MEMBER = re.compile(r",\s*(?=\"[^\"\\]{1,80}\"\s*:)")
_ITEM = re.compile(r"(?<=[\"}\]\w]),\s*(?=[\"{\[\w-])")
_BETWEEN_WORDS = (re.compile(" "), re.compile(r"[^\w\s'’.@/+:-]+"))
_TAG = re.compile(r"<[^>]*>")


class Segment(NamedTuple):
    """A piece of a part's text: character offsets ``start``–``end`` (end excluded), and its unit's index."""

    start: int
    end: int
    unit: int


class Segmented(NamedTuple):
    """A part in pieces: segments in order, what an index should see of each, and the units they belong to."""

    segments: list[Segment]
    texts: list[str]
    units: list[Unit]


class Style(NamedTuple):
    """How a kind of document is cut: into runs of lines, these at breaks, and what is too long at pauses."""

    runs: Callable[[Sequence[str], Sequence[int]], Iterator[Span]]
    breaks: Callable[[str], list[int]]
    pauses: tuple[re.Pattern[str], ...]  # the best first


def cut(kind: str, lines: Sequence[str], visible: Sequence[str]) -> Segmented:
    """Cut a part's `lines` (with their line endings) of a document of this `kind` into segments."""
    units = outline(kind, lines)
    owner = _owners(units, len(lines))
    starts = _line_starts(lines)
    segments: list[Segment] = []
    texts: list[str] = []
    style = _STYLES.get(kind, _PROSE)
    for first, last in style.runs(lines, owner):
        for start, end, text in _pieces(style, lines, visible, first, last):
            segments.append(Segment(starts[first] + start, starts[first] + end, owner[first]))
            texts.append(text)
    return Segmented(segments, texts, units)


def _line_starts(lines: Sequence[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return starts


def _owners(units: Sequence[Unit], count: int) -> list[int]:
    """The innermost unit of each line: units are listed outermost first."""
    owner = [0] * count
    for index, unit in enumerate(units):
        owner[unit.first : unit.last + 1] = [index] * (unit.last + 1 - unit.first)
    return owner


def _pieces(
    style: Style, lines: Sequence[str], visible: Sequence[str], first: int, last: int
) -> Iterator[tuple[int, int, str]]:
    """Start, end (offsets into the run) and indexed text of each piece; blank ones are left out."""
    text = "".join(lines[first : last + 1])
    if visible[first : last + 1] == lines[first : last + 1]:
        yield from ((start, end, text[start:end]) for start, end in _spans(style, text))
    elif not (seen := " ".join(visible[first : last + 1]).strip()):
        return
    elif len(text) <= MAX_SEGMENT_CHARS:
        yield from ((start, end, seen) for start, end in _trimmed(text, 0, len(text)))
    else:
        yield from ((start, end, _TAG.sub(" ", text[start:end])) for start, end in _spans(style, text))


def _spans(style: Style, text: str) -> Iterator[Span]:
    start = 0
    for stop in (*style.breaks(text), len(text)):
        for piece in _shortened(text, start, stop, style.pauses):
            yield from _trimmed(text, *piece)
        start = stop


def _sentence_breaks(text: str) -> list[int]:
    found = [
        match.end() for match in _SENTENCE_END.finditer(text) if not _is_abbreviation(text, match.start())
    ]
    if len(text) > _LONG_LINE and "\\n" in text:
        found = sorted({*found, *(match.end() for match in _ESCAPED_BREAK.finditer(text))})
    return found


def _record_breaks(text: str) -> list[int]:
    return _breaks_between(_BETWEEN_RECORDS, text)


def _row_breaks(text: str) -> list[int]:
    return _breaks_between(_BETWEEN_ROWS, text)


def _breaks_between(records: re.Pattern[str], text: str) -> list[int]:
    """Where sentences end, and between the records of a line that must be cut: each stands for itself."""
    found = _sentence_breaks(text)
    if len(text) <= MAX_SEGMENT_CHARS:
        return found
    return sorted({*found, *(match.end() for match in records.finditer(text))})


def _no_breaks(_text: str) -> list[int]:
    return []


def _is_abbreviation(text: str, end: int) -> bool:
    return _ABBREVIATION.search(text, max(0, end - 10), end) is not None


def _shortened(text: str, start: int, stop: int, pauses: Sequence[re.Pattern[str]]) -> Iterator[Span]:
    """The span in pieces of at most `MAX_SEGMENT_CHARS`, broken at the last of the best pauses there are.

    Where there is none they are broken between words, and within one only if it is longer than a piece.
    """
    while stop - start > MAX_SEGMENT_CHARS:
        least, most = start + MAX_SEGMENT_CHARS // 3, start + MAX_SEGMENT_CHARS
        middle = _last_pause(text, least, most, (*pauses, *_BETWEEN_WORDS)) or most
        yield start, middle
        start = middle
    yield start, stop


def _last_pause(text: str, least: int, most: int, pauses: Sequence[re.Pattern[str]]) -> int:
    """The end of the last pause of the first kind that there is; 0 where there is none."""
    for pause in pauses:
        if ends := [match.end() for match in pause.finditer(text, least, most)]:
            return ends[-1]
    return 0


def _trimmed(text: str, start: int, stop: int) -> Iterator[Span]:
    """The span without the white space around it, but with the indentation of a line it begins."""
    piece = text[start:stop]
    body = piece.strip()
    if body:
        left = piece.index(body)
        margin = max(piece.rfind("\n", 0, left), piece.rfind("\r", 0, left)) + 1
        begins_line = margin > 0 or start == 0 or text[start - 1] in "\r\n"
        yield start + (margin if begins_line else left), start + left + len(body)


_PROSE = Style(prose_runs, _sentence_breaks, (_STOP, _CLAUSE))
_STYLES = {
    "code": Style(code_runs, _no_breaks, (_LINE,)),
    "json": Style(code_runs, _record_breaks, (_RECORD, _MEMBER, _ITEM, _CLAUSE)),
    "csv": Style(line_runs, _sentence_breaks, (_VALUE, _CLAUSE)),
    "html": Style(line_runs, _row_breaks, (_CLAUSE,)),
}
