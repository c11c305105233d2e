"""The rapid cache: what a shard answered, for as long as it holds the version that answered.

Single flight: many who ask the same thing at once cost one search, and the rest wait for it.
"""

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future

from cachetools import TTLCache

MOST_BYTES = 16_000_000  # some four thousand answers of 1,000 tokens
MOST_SECONDS = 3_600.0


class Answers:
    """Answers by key, bounded by size and age. A key names the version that answered: a new one asks anew."""

    def __init__(self, most_bytes: int = MOST_BYTES, most_seconds: float = MOST_SECONDS) -> None:
        self._kept: TTLCache[Hashable, str] = TTLCache(most_bytes, most_seconds, getsizeof=len)
        self._flying: dict[Hashable, Future[str]] = {}
        self._lock = threading.Lock()
        self.hits = 0
        self.misses = 0

    def get(self, key: Hashable, search: Callable[[], str]) -> str:
        """The answer to ``key``: kept, on its way already, or made by ``search``; an error is everyone's."""
        with self._lock:
            kept, flying = self._kept.get(key), self._flying.get(key)
            self.hits += kept is not None or flying is not None
            self.misses += kept is None and flying is None
            if kept is not None:
                return kept
            if flying is None:
                mine: Future[str] = Future()
                self._flying[key] = mine
        return flying.result() if flying else self._made(key, search, mine)

    def _made(self, key: Hashable, search: Callable[[], str], mine: Future[str]) -> str:
        try:
            answer = search()
        except BaseException as error:
            self._land(key)
            mine.set_exception(error)
            raise
        self._land(key, answer)
        mine.set_result(answer)
        return answer

    def _land(self, key: Hashable, answer: str | None = None) -> None:
        with self._lock:
            if answer is not None and len(answer) <= self._kept.maxsize:
                self._kept[key] = answer
            del self._flying[key]
