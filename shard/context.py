"""What a shard holds in memory: documents' parts, and the answers to searches of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

from shard.entries import Around, prepare
from shard.excerpts import Ranked, choose
from shard.fields import FIELDS, Field
from shard.held import Held
from shard.merge import merge
from shard.ranking import Place, Ranking
from shard.statistics import Statistics
from shard.terms import weighted_terms
from shard.writer import Entry
from swarm_app.contracts.documents import Excerpt, Part
from swarm_app.documents.text import CHARS_PER_TOKEN

_ASIDE = 0.5  # the power of a document's standing that its scores keep: enough to let its core go first
_CANDIDATES = 400  # segments of all shards: some forty fill 4,000 characters, and many do not fit
_FEWEST = 200  # segments of one shard, however little of all it holds

_HELD = "held.jsonl"  # beside a saved index: one part a line

Loaded = tuple[Part, Sequence[str], Sequence[str], int, Around]


class ShardContext:
    """The documents that a shard holds, and their index. Searches may run in many threads."""

    def __init__(self, name: str, fields: Mapping[str, Field] = FIELDS) -> None:
        """Hold nothing yet. ``fields`` are those of the index."""
        self.name = name
        self._fields = fields
        self._memory = _Memory([], Ranking.made([], fields))

    def load(self, parts: Iterable[Loaded], folder: Path | None = None) -> None:
        """Hold these parts and nothing else. They come in the order of their paths and lines.

        Each comes with its lines (own line endings), the same lines as an index should see them, the offset
        of its first character in the document, and what is around it as an index sees it.
        A search under way still answers from what was held. All is saved in an empty ``folder``, if one is
        given: raises `OSError` or `ValueError` when it cannot be written.
        """
        held: list[Held] = []
        ranking = Ranking.made(_entries(parts, held), self._fields, folder)
        if folder is not None:
            with (folder / _HELD).open("w", encoding="ascii") as stream:
                stream.writelines(f"{part.saved()}\n" for part in held)
        self._memory = _Memory(held, ranking)

    def restore(self, folder: Path) -> None:
        """Hold what was saved in a folder. Raises `OSError` or `ValueError` when it is not all there."""
        with (folder / _HELD).open(encoding="ascii") as stream:
            held = [Held.restored(line) for line in stream]
        sizes = [len(part.segments) for part in held]
        self._memory = _Memory(held, Ranking.opened(folder, sizes, self._fields))

    def search(
        self, queries: Sequence[str], *, tokens: int = 1000, scope: Sequence[str] = ()
    ) -> list[list[Excerpt]]:
        """Excerpts for each query, best first: never overlapping, together at most ``4 * tokens`` characters.

        ``scope`` keeps to paths that begin with one of these prefixes. A score tells how much of the query
        is held; see `Ranking.best`.
        """
        found = self.pieces(queries, tokens=tokens, scope=scope)
        return [merge([pieces], CHARS_PER_TOKEN * tokens) for pieces in found]

    def pieces(
        self,
        queries: Sequence[str],
        *,
        tokens: int = 1000,
        scope: Sequence[str] = (),
        collection: Statistics | None = None,
    ) -> list[list[Excerpt]]:
        """What `merge` makes the excerpts of each query from, with what other shards find.

        ``collection`` has the statistics of all shards that are asked: it makes their scores compare.
        """
        memory = self._memory
        return [memory.pieces(query, CHARS_PER_TOKEN * tokens, scope, collection) for query in queries]

    def statistics(self, queries: Sequence[str]) -> Statistics:
        """What this shard knows of the words of some queries."""
        return self._memory.statistics({term for query in queries for term in weighted_terms(query)})

    def vocabulary(self) -> Statistics:
        """What this shard knows of every word, for other shards to know."""
        return self._memory.vocabulary()

    def read(self, path: str, start: int, end: int) -> Excerpt | None:
        """Lines ``start``–``end`` of a document, cut to what is held of it; None if nothing of that is."""
        return self._memory.read(path, start, end)

    @property
    def segments(self) -> int:
        """How many segments are indexed."""
        return sum(len(held.segments) for held in self._memory.held)

    @property
    def parts(self) -> list[Part]:
        """What is held, by path and line."""
        return [held.part for held in self._memory.held]

    @property
    def documents(self) -> int:
        """How many documents are held, whole or in part."""
        return len({held.part.path for held in self._memory.held})

    @property
    def lines(self) -> int:
        """How many lines are held."""
        return sum(held.part.end - held.part.start + 1 for held in self._memory.held)

    @property
    def tokens(self) -> int:
        """How many tokens are held."""
        return sum(held.part.tokens for held in self._memory.held)


class _Memory:
    """One state of a context: parts in the order of their paths, and the ranking of their segments."""

    def __init__(self, held: list[Held], ranking: Ranking) -> None:
        self.held = held
        self._firsts = [0, *accumulate(len(part.segments) for part in held)]
        self._standings = [part.standing**_ASIDE for part in held]
        self._ranking = ranking

    def statistics(self, terms: Iterable[str]) -> Statistics:
        return self._ranking.statistics(terms)

    def vocabulary(self) -> Statistics:
        return self._ranking.vocabulary()

    def pieces(
        self, query: str, budget: int, scope: Sequence[str], collection: Statistics | None
    ) -> list[Excerpt]:
        within = list(self._ranges(scope)) if scope else None
        weights = weighted_terms(query)
        known = collection if collection and collection.segments else self._ranking.statistics(weights)
        share = self._firsts[-1] / max(1, known.segments)
        limit = max(_FEWEST, round(_CANDIDATES * share))
        found = self._ranking.best(weights, limit=limit, within=within, collection=known)
        ranked = self._ranked(found)
        rarity = {term: round(known.rarity(term), 2) for term in weights}
        return choose(ranked, budget, rarity)

    def read(self, path: str, start: int, end: int) -> Excerpt | None:
        excerpts = (held.lines(start, end) for held in self.held if held.part.path == path)
        return next((excerpt for excerpt in excerpts if excerpt is not None), None)

    def _ranked(self, found: Iterable[tuple[Place, float]]) -> list[Ranked]:
        """Segments that were found, best first; those of equal score in the order they are held."""
        standings = self._standings
        scored = [(-score * standings[place.document], place) for place, score in found]
        return [Ranked(self.held[document], segment, -score) for score, (document, segment) in sorted(scored)]

    def _ranges(self, scope: Sequence[str]) -> Iterator[range]:
        """The segments of the parts in scope, as runs of numbers: neighbours in path order are one run."""
        first: int | None = None
        for number, held in enumerate(self.held):
            inside = held.part.path.startswith(tuple(scope))
            if inside and first is None:
                first = self._firsts[number]
            elif not inside and first is not None:
                yield range(first, self._firsts[number])
                first = None
        if first is not None:
            yield range(first, self._firsts[-1])


def _entries(parts: Iterable[Loaded], held: list[Held]) -> Iterator[list[Entry]]:
    """What is indexed of each part; beside that, it is added to what is held."""
    for part in parts:
        kept, entries = prepare(*part)
        held.append(kept)
        yield entries
