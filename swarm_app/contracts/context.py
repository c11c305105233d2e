"""What an engine may ask of the shards, and what an engine is."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from swarm_app.contracts.calls import Meter
from swarm_app.contracts.discoveries import DiscoveryLog
from swarm_app.contracts.documents import Excerpt
from swarm_app.contracts.research import Brief, Draft


class Context(Protocol):
    """The few lines that a worker borrows. Implemented over Celery queues, and in memory for tests."""

    def search(
        self, queries: Sequence[str], *, tokens: int = 1000, scope: Sequence[str] = ()
    ) -> list[list[Excerpt]]:
        """Excerpts for each query, best first, from all of the brief's shards.

        Each answer's excerpts never overlap and together hold at most ``4 * tokens`` characters. ``scope``
        keeps to paths that begin with one of these prefixes. Raises `EngineError` when no shard answers.
        """

    def read(self, path: str, start: int, end: int) -> Excerpt | None:
        """Lines ``start``–``end`` of a document of the run, cut to what it has; None if it has none."""

    @property
    def meter(self) -> Meter:
        """Gives leave for calls to vendors. An engine that calls none has no use for it."""

    @property
    def log(self) -> DiscoveryLog:
        """Shares what models answer with whoever asks the same. Searches are shared without it."""

    def keep(self, prompt: str, output: str) -> None:
        """Keep what a model was asked and handed in for the brief, word for word, as long as receipts are."""

    @property
    def remaining(self) -> float:
        """Seconds left for the brief; 0 once it was cancelled or is another's. A long engine looks at it.

        `search` and `read` raise `EngineError` when nothing remains.
        """


@runtime_checkable
class Engine(Protocol):
    """Does a brief. Registered under the entry point group ``swarm.engines``; built without arguments."""

    name: str
    summary: str  # one line for `swarm engines`, honest about what it is

    def investigate(self, brief: Brief, context: Context) -> Draft:
        """Do one brief. Raises `EngineError` with a reason when it cannot be done."""
