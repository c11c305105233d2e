"""Dealing documents out to shards."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from swarm_app.contracts.documents import Document, Part
from swarm_app.documents.text import Text
from swarm_app.documents.tokens import count_lines
from swarm_app.errors import DocumentError


@dataclass(frozen=True, slots=True)
class Measured:
    """A document, and the tokens of each of its lines if it is larger than a shard."""

    document: Document
    line_tokens: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines of a document that stay together."""

    document: Document
    start: int
    end: int
    tokens: int


def needed(tokens: int, capacity: int) -> int:
    """The fewest shards of `capacity` tokens that hold so many tokens, at least 1."""
    return max(1, -(-tokens // capacity))


def measure(text: Text, capacity: int) -> Measured:
    """What dealing a text out to shards of `capacity` tokens has to know of it.

    Raises `DocumentError`, with the reason alone, if a single line is larger than a shard.
    """
    if text.document.tokens <= capacity:
        return Measured(text.document)
    return Measured(text.document, _line_tokens(text, capacity))


def pack(measured: Iterable[Measured], capacity: int) -> list[list[Part]]:
    """What each shard holds: as few shards as keep to `capacity` tokens, filled as evenly as may be.

    Documents stay in the order of their paths, so that a shard holds neighbours. One that is larger than
    a shard is split between lines and is then as large as its lines' tokens together.
    """
    pieces = [piece for each in sorted(measured, key=_path) for piece in _pieces(each)]
    ends = deal([piece.tokens for piece in pieces], capacity)
    return [_parts(pieces[start:end]) for start, end in zip([0, *ends], ends, strict=False)]


def whole(document: Document) -> Part:
    """All lines of a document."""
    return _part([_Piece(document, 1, document.lines, document.tokens)])


def deal(sizes: Sequence[int], capacity: int) -> list[int]:
    """Where to cut a row of sizes: the end of each run of consecutive ones, no run larger than `capacity`.

    As few runs as possible, and of those ways the one whose largest run is smallest. No size may be
    larger than `capacity`.
    """
    if not sizes:
        return []
    sums = list(accumulate(sizes))
    fewest = len(_cuts(sums, capacity))
    rooms = range(max(*sizes, sums[-1] // fewest), capacity)
    evenest = bisect_left(rooms, True, key=lambda room: len(_cuts(sums, room)) <= fewest)
    return _cuts(sums, rooms.start + evenest)


def _cuts(sums: Sequence[int], room: int) -> list[int]:
    """The ends of runs that are each filled until nothing more goes in."""
    ends: list[int] = []
    filled = 0
    while not ends or ends[-1] < len(sums):
        ends.append(bisect_right(sums, filled + room))
        filled = sums[ends[-1] - 1]
    return ends


def _path(measured: Measured) -> str:
    return measured.document.path


def _pieces(measured: Measured) -> Iterator[_Piece]:
    """The document whole or, if it is larger than a shard, line by line."""
    document = measured.document
    if not measured.line_tokens:
        yield _Piece(document, 1, document.lines, document.tokens)
        return
    for number, tokens in enumerate(measured.line_tokens, start=1):
        yield _Piece(document, number, number, tokens)


def _line_tokens(text: Text, capacity: int) -> list[int]:
    tokens = count_lines(text.lines)
    largest = max(tokens)
    if largest > capacity:
        line = f"line {tokens.index(largest) + 1:,} alone has {largest:,} tokens"
        raise DocumentError(f"{line}, and a shard holds {capacity:,}: break it, or raise the capacity")
    return tokens


def _parts(pieces: Sequence[_Piece]) -> list[Part]:
    return [_part(list(group)) for _, group in groupby(pieces, key=lambda piece: piece.document.path)]


def _part(pieces: Sequence[_Piece]) -> Part:
    document = pieces[0].document
    return Part(
        path=document.path,
        sha256=document.sha256,
        kind=document.kind,
        start=pieces[0].start,
        end=pieces[-1].end,
        tokens=sum(piece.tokens for piece in pieces),
    )
