"""An index of rows, and the question put to it: BM25 over windows, and over the place where a row stands.

A term weighs by its rarity in the collection, not in the shard: its boost takes out what tantivy counted here
and puts in what is known of the collection.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import tantivy

from shard.ballast import FILLER
from shard.fields import Field
from shard.statistics import Statistics
from shard.terms import pairs

Rarity = Callable[[str, str], float]
"""How rare a term is in a field, by its name."""

_SLOP = 2  # terms that may stand between two that stand together


class Index:
    """An index of some documents' rows. It never changes, so threads may share it."""

    def __init__(self, index: tantivy.Index, rows: int, fields: Mapping[str, Field]) -> None:
        """Search an index of so many `rows` that was written with these `fields`."""
        self._index = index
        self._rows = rows
        self._fields = fields
        self._searcher = index.searcher()

    @classmethod
    def opened(cls, folder: Path, rows: int, fields: Mapping[str, Field]) -> "Index":
        """The index of so many `rows` that was written to a folder; raises `ValueError` for no index."""
        return cls(tantivy.Index.open(str(folder)), rows, fields)

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """How many rows there are, and how many have each of these terms in each field."""
        counts = {
            term: tuple(self._searcher.doc_freq(field, term) for field in self._fields) for term in terms
        }
        return Statistics(self._rows, counts)

    def vocabulary(self) -> Statistics:
        """The statistics of every term that is indexed."""
        walks = [dict(self._searcher.terms_with_prefix(field, "")) for field in self._fields]
        terms = set().union(*walks) - {FILLER}
        return Statistics(self._rows, {term: tuple(walk.get(term, 0) for walk in walks) for term in terms})

    def best(
        self,
        weights: Mapping[str, float],
        rarity: Rarity,
        *,
        limit: int,
        within: Sequence[range] | None = None,
    ) -> dict[int, float]:
        """The `limit` best rows for weighted terms: their numbers in the order of indexing, and their scores.

        Only `within` these numbers if given.
        """
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, part) for part in self._parts(weights, rarity)]
        )
        if within is not None:
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.Must, self._filter(within))]
            )
        hits = self._searcher.search(query, limit=limit, count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _, address in hits])
        return {int(number or 0): score for number, (score, _) in zip(numbers, hits, strict=True)}

    def _parts(self, weights: Mapping[str, float], rarity: Rarity) -> Iterator[tantivy.Query]:
        """Each term in each field, and each pair of terms in the fields where pairs count."""
        counted = self.statistics(weights)._replace(segments=self._searcher.num_docs)
        for number, (name, field) in enumerate(self._fields.items()):
            known = {term: counted.frequencies[term][number] for term in weights}
            here = {term: counted.rarity(term, number) for term, count in known.items() if count}
            for term, rare in here.items():
                yield self._term(name, term, field.weight * weights[term] * rarity(term, name) / rare)
            for pair in pairs(weights) if field.pairs else ():
                if not here.keys() >= set(pair):
                    continue
                together = sum(rarity(term, name) for term in pair)
                yield self._together(name, pair, field.pairs * together / sum(here[term] for term in pair))

    def _term(self, field: str, term: str, boost: float) -> tantivy.Query:
        query = tantivy.Query.term_query(self._index.schema, field, term, "freq")
        return tantivy.Query.boost_query(query, boost)

    def _together(self, field: str, pair: Sequence[str], boost: float) -> tantivy.Query:
        query = tantivy.Query.phrase_query(self._index.schema, field, list(pair), slop=_SLOP)
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
