"""A context over a dictionary of documents: a plain keyword search, enough to feed an engine."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from math import log

from swarm_app import words
from swarm_app.contracts.documents import Excerpt

WINDOW = 12


class MemoryContext:
    """Documents by path, searched in windows of twelve lines."""

    def __init__(self, documents: dict[str, str]) -> None:
        self.documents = {path: text.splitlines(keepends=True) for path, text in documents.items()}
        self.windows = [
            (path, start, Counter(words.terms(path + "\n" + "".join(lines[start : start + WINDOW]))))
            for path, lines in self.documents.items()
            for start in range(0, len(lines), WINDOW // 2)
        ]
        self.spread = Counter(term for _, _, terms in self.windows for term in terms)

    def search(
        self, queries: Sequence[str], *, tokens: int = 1000, scope: Sequence[str] = ()
    ) -> list[list[Excerpt]]:
        return [self._search(query, tokens, tuple(scope)) for query in queries]

    def read(self, path: str, start: int, end: int) -> Excerpt | None:
        lines = self.documents.get(path)
        return None if lines is None else self._excerpt(path, start - 1, min(end, len(lines)), 0.0)

    def _search(self, query: str, tokens: int, scope: tuple[str, ...]) -> list[Excerpt]:
        wanted = set(words.terms(query))
        scored = sorted(
            ((self._score(wanted, terms), path, start) for path, start, terms in self.windows),
            key=lambda found: (-found[0], found[1], found[2]),
        )
        chosen: list[Excerpt] = []
        for score, path, start in scored:
            excerpt = self._excerpt(path, start, min(start + WINDOW, len(self.documents[path])), score)
            fits = sum(len(one.text) for one in chosen) + len(excerpt.text) <= 4 * tokens
            apart = all(one.path != path or start >= one.end or excerpt.end < one.start for one in chosen)
            if score > 0 and fits and apart and path.startswith(scope or ("",)):
                chosen.append(excerpt)
        return chosen

    def _score(self, wanted: set[str], terms: Counter[str]) -> float:
        size = len(self.windows)
        return sum(log(1 + size / self.spread[term]) * min(2, terms[term]) for term in wanted & terms.keys())

    def _excerpt(self, path: str, first: int, last: int, score: float) -> Excerpt:
        lines = self.documents[path]
        before = sum(len(line) for line in lines[:first])
        text = "".join(lines[first:last])
        return Excerpt(
            path=path,
            sha256=hashlib.sha256("".join(lines).encode()).hexdigest(),
            start=first + 1,
            end=last,
            start_char=before,
            end_char=before + len(text),
            text=text,
            score=score,
        )
