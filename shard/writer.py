"""Writing an index: for each row what its fields see, and the ballast behind them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import tantivy

from shard.ballast import FILLER, ballast
from shard.fields import Field
from shard.index import Index

_HEAP_BYTES = 60_000_000  # a shard of 200,000 tokens is written in one go, and need not be merged


class Entry(NamedTuple):
    """One segment as it is indexed: its terms and those of its place, each joined by spaces.

    One that is not the shard's ``own`` is only seen in its neighbours' windows. One of a transcript is
    ``spoken``, as all of its document are. The names of its document's ``columns`` are seen once by each of
    its windows.
    """

    terms: str
    place: str
    own: bool = True
    spoken: bool = False
    columns: str = ""


class Writer:
    """An index that is being made, in memory or in an empty folder."""

    def __init__(self, fields: Mapping[str, Field], folder: Path | None = None) -> None:
        """Make an index of these `fields`, which have one step, in memory unless a ``folder`` is named.

        Raises `OSError` or `ValueError`, here and later, when it cannot be written.
        """
        if folder:
            folder.mkdir()
        self._fields = fields
        self._step = next(field.step for field in fields.values())
        self._index = tantivy.Index(_schema(fields), path=str(folder) if folder else None)
        self._writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        self._terms = dict.fromkeys(fields, 0)
        self._rows = 0

    def add(self, entries: Sequence[Entry]) -> None:
        """Index a document's segments, in their order: a row for each step of its own ones."""
        windows = _Windows(entries)
        own = [position for position, entry in enumerate(entries) if entry.own]
        for position in own[:: self._step]:
            seen = {name: windows.seen(position, field) for name, field in self._fields.items()}
            self._writer.add_document(_document({name: text for name, (text, _) in seen.items()}, self._rows))
            self._rows += 1
            for name, (_, count) in seen.items():
                self._terms[name] += count

    def done(self) -> Index:
        """The index of what was added."""
        for texts in self._ballast():
            self._writer.add_document(_document(texts))
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._index.reload()
        return Index(self._index, self._rows, self._fields)

    def _ballast(self) -> Iterator[dict[str, str]]:
        widths = {name: field.width for name, field in self._fields.items()}
        weight = ballast(widths, self._terms, self._rows)
        yield {name: f"{FILLER} " * count for name, count in weight.fillers.items()}
        yield from ({} for _ in range(weight.documents - 1))


def _schema(fields: Mapping[str, Field]) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name, field in fields.items():
        kept = "position" if field.pairs else "freq"
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=kept)
    builder.add_unsigned_field("number", indexed=True, fast=True)
    return builder.build()


class _Windows:
    """What fields see of a document's segments: text, and how many terms it has."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._spoken = any(entry.spoken for entry in entries)
        self._terms = [entry.terms for entry in entries]
        self._sums = [0, *accumulate(map(_count, self._terms))]

    def seen(self, position: int, field: Field) -> tuple[str, int]:
        if not field.width:
            place = self._entries[position].place
            return place, _count(place)
        if not field.sees(spoken=self._spoken):
            return "", 0
        columns = self._entries[position].columns
        around = field.around(position, spoken=self._spoken)
        first, last = max(0, around.start), min(len(self._terms), around.stop)
        seen, count = " ".join(self._terms[first:last]), self._sums[last] - self._sums[first]
        return (f"{columns} {seen}", _count(columns) + count) if columns else (seen, count)


def _count(text: str) -> int:
    return text.count(" ") + 1 if text else 0


def _document(texts: Mapping[str, str], number: int | None = None) -> tantivy.Document:
    document = tantivy.Document()
    if number is not None:
        document.add_unsigned("number", number)
    for field, text in texts.items():
        document.add_text(field, text)
    return document
