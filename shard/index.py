"""The index: BM25 over windows of several widths around each segment, and over the place where it stands.

A segment answers a question when its own words do, when its paragraph's do and when its page's do: it is
indexed with the terms of the windows of 1, 7 and 31 segments around it, and their scores are summed. Over 276
questions with known evidence this found 0.956 of it in 4,000 characters; chunks of 800 characters, 0.86.

A term weighs by its rarity in the collection, not in the shard: its boost takes out what tantivy counted here
and puts in what the collection's statistics say.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import tantivy

from shard.ballast import FILLER, ballast
from shard.statistics import Statistics

FIELDS = {"sentence": 1, "paragraph": 7, "page": 31, "place": 0}  # how many segments a field sees
_SATURATION = 2.2  # what BM25 multiplies a term's rarity with at most: k1 + 1
_HEAP_BYTES = 60_000_000  # a shard of 200,000 tokens is written in one go, and need not be merged


class Entry(NamedTuple):
    """One segment as it is indexed: its terms and those of its place, each joined by spaces.

    One that is not the shard's ``own`` is only seen in its neighbours' windows.
    """

    terms: str
    place: str
    own: bool = True


class Hit(NamedTuple):
    """A segment's number in the order of indexing, and its score.

    A score is the share of the question that the segment and what stands around it hold, 0 to about 1: the
    sum of the BM25 scores, over the most that any words could score in the windows. What the collection
    lacks counts as its rarest, so what is said about few of the words scores little.
    """

    segment: int
    score: float


class Index:
    """An index of the segments of some documents. It never changes, so threads may share it."""

    def __init__(self, index: tantivy.Index, segments: int, fields: Mapping[str, int]) -> None:
        """Search an index of so many `segments` that was made with these `fields`."""
        self._index = index
        self._fields = fields
        self._segments = segments
        self._searcher = index.searcher()

    @classmethod
    def made(
        cls,
        documents: Iterable[Sequence[Entry]],
        fields: Mapping[str, int] = FIELDS,
        folder: Path | None = None,
    ) -> "Index":
        """An index of `documents`, each the entries of its segments in order; windows do not cross documents.

        A segment's number counts the own ones. ``fields`` are the windows by name, each its width in
        segments; 0 is the place instead. It is in memory, or in an empty ``folder``: then it raises
        `ValueError` for one that cannot be written.
        """
        index = tantivy.Index(_schema(fields), path=str(folder) if folder else None)
        writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        segments = _write(writer, documents, fields)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return cls(index, segments, fields)

    @classmethod
    def opened(cls, folder: Path, segments: int, fields: Mapping[str, int] = FIELDS) -> "Index":
        """The index of so many `segments` that was made in a folder; raises `ValueError` for no index."""
        return cls(tantivy.Index.open(str(folder)), segments, fields)

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """How many segments are indexed, and how many have each of these terms in each field."""
        counts = {
            term: tuple(self._searcher.doc_freq(field, term) for field in self._fields) for term in terms
        }
        return Statistics(self._segments, counts)

    def vocabulary(self) -> Statistics:
        """The statistics of every term that is indexed."""
        walks = [dict(self._searcher.terms_with_prefix(field, "")) for field in self._fields]
        terms = set().union(*walks) - {FILLER}
        return Statistics(
            self._segments, {term: tuple(walk.get(term, 0) for walk in walks) for term in terms}
        )

    def best(
        self,
        weights: Mapping[str, float],
        *,
        collection: Statistics,
        limit: int,
        within: Sequence[range] | None = None,
    ) -> list[Hit]:
        """The `limit` best segments for weighted terms, best first; only `within` these numbers if given.

        ``collection`` has the statistics of all that is searched, this index included.
        """
        query = self._scored(weights, collection)
        if within is not None:
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.Must, self._filter(within))]
            )
        hits = self._searcher.search(query, limit=limit, count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _, address in hits])
        most = self._most(weights, collection) or 1.0
        found = [
            Hit(int(number or 0), float(score) / most)
            for number, (score, _) in zip(numbers, hits, strict=True)
        ]
        return sorted(found, key=lambda hit: (-hit.score, hit.segment))

    def _most(self, weights: Mapping[str, float], collection: Statistics) -> float:
        """What a segment would score in whose windows nothing but the terms stood."""
        windows = [number for number, width in enumerate(self._fields.values()) if width]
        rarities = (
            weight * collection.rarity(term, number) for term, weight in weights.items() for number in windows
        )
        return _SATURATION * sum(rarities)

    def _scored(self, weights: Mapping[str, float], collection: Statistics) -> tantivy.Query:
        counted = self.statistics(weights)._replace(segments=self._searcher.num_docs)

        def rarer(term: str, field: int) -> float:
            return collection.rarity(term, field) / counted.rarity(term, field)

        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, self._boosted(field, term, weight * rarer(term, number)))
                for number, field in enumerate(self._fields)
                for term, weight in weights.items()
            ]
        )

    def _boosted(self, field: str, term: str, boost: float) -> tantivy.Query:
        query = tantivy.Query.term_query(self._index.schema, field, term, "freq")
        return tantivy.Query.boost_query(query, boost)

    def _filter(self, within: Sequence[range]) -> tantivy.Query:
        inside = [
            (
                tantivy.Occur.Should,
                tantivy.Query.range_query(
                    self._index.schema,
                    "number",
                    tantivy.FieldType.Unsigned,
                    numbers.start,
                    numbers.stop,
                    include_upper=False,
                ),
            )
            for numbers in within
        ]
        return tantivy.Query.const_score_query(tantivy.Query.boolean_query(inside), 0.0)


def _schema(fields: Iterable[str]) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in fields:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("number", indexed=True, fast=True)
    return builder.build()


def _write(
    writer: tantivy.IndexWriter, documents: Iterable[Sequence[Entry]], fields: Mapping[str, int]
) -> int:
    """Index every segment, and then the ballast; returns how many segments there are."""
    terms = dict.fromkeys(fields, 0)
    number = 0
    for entries in documents:
        windows = _Windows(entries)
        for position in (position for position, entry in enumerate(entries) if entry.own):
            seen = {field: windows.seen(position, width) for field, width in fields.items()}
            writer.add_document(_document({field: text for field, (text, _) in seen.items()}, number))
            number += 1
            for field, (_, count) in seen.items():
                terms[field] += count
    weight = ballast(fields, terms, number)
    writer.add_document(_document({field: f"{FILLER} " * count for field, count in weight.fillers.items()}))
    empty = tantivy.Document()
    for _ in range(weight.documents - 1):
        writer.add_document(empty)
    return number


class _Windows:
    """What fields see of a document's segments: text, and how many terms it has."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._terms = [entry.terms for entry in entries]
        self._sums = [0, *accumulate(map(_count, self._terms))]

    def seen(self, position: int, width: int) -> tuple[str, int]:
        if not width:
            place = self._entries[position].place
            return place, _count(place)
        first = max(0, position - width // 2)
        last = min(len(self._terms), position + width // 2 + 1)
        return " ".join(self._terms[first:last]), self._sums[last] - self._sums[first]


def _count(text: str) -> int:
    return text.count(" ") + 1 if text else 0


def _document(texts: Mapping[str, str], number: int | None = None) -> tantivy.Document:
    document = tantivy.Document()
    if number is not None:
        document.add_unsigned("number", number)
    for field, text in texts.items():
        document.add_text(field, text)
    return document
