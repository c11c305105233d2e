"""An index of rows, and the question put to it: BM25 over the topic of a row, and over its places.

A term weighs by its rarity in the collection, not in the shard: its boost takes out what tantivy counted here
and puts in what is known of the collection.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import tantivy

from shard.fields import Field
from shard.statistics import inverse_frequency
from shard.terms import pairs

Rarity = Callable[[str, str], float]
"""How rare a term is in a field, by its name."""

_SLOP = 2  # terms that may stand between two that stand together


class Index:
    """An index of some documents' rows. It never changes, so threads may share it."""

    def __init__(self, index: tantivy.Index) -> None:
        """Search an index."""
        self._index = index
        self._searcher = index.searcher()

    @classmethod
    def opened(cls, folder: Path) -> "Index":
        """The index that was written to a folder; raises `ValueError` for no index."""
        return cls(tantivy.Index.open(str(folder)))

    def best(
        self,
        weights: Mapping[str, float],
        rarity: Rarity,
        *,
        fields: Mapping[str, Field],
        limit: int,
        within: Sequence[range] | None = None,
    ) -> dict[int, float]:
        """The scores of the `limit` best rows for weighted terms in some `fields`, by number.

        Only `within` these numbers, if given.
        """
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, part) for part in self._parts(weights, rarity, fields)]
        )
        if within is not None:
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.Must, self._filter(within))]
            )
        hits = self._searcher.search(query, limit=limit, count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _, address in hits])
        return {int(number or 0): score for number, (score, _) in zip(numbers, hits, strict=True)}

    def _parts(
        self, weights: Mapping[str, float], rarity: Rarity, fields: Mapping[str, Field]
    ) -> Iterator[tantivy.Query]:
        """Each term in each field, and each pair of terms in the fields where pairs count."""
        for name, field in fields.items():
            here = {term: self._rarity(term, name) for term in weights}
            for term, weight in weights.items():
                yield self._term(name, term, field.weight * weight * rarity(term, name) / here[term])
            for pair in pairs(weights) if field.pairs else ():
                known = sum(rarity(term, name) for term in pair)
                yield self._together(name, pair, field.pairs * known / sum(here[term] for term in pair))

    def _rarity(self, term: str, field: str) -> float:
        """What tantivy takes for the rarity of a term."""
        return inverse_frequency(self._searcher.doc_freq(field, term), self._searcher.num_docs)

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
