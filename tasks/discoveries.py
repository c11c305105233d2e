"""The discovery log as an attempt at a brief uses it, or a question outside of runs."""

import time
from collections.abc import Callable

from swarm_app.claims import Held
from swarm_app.contracts.discoveries import Answered, Discovery, Inquiry, Outcome, Sort
from swarm_app.errors import EngineError
from swarm_app.store.discoveries import Asker
from swarm_app.store.store import Store

_FIRST_PAUSE, _LONGEST_PAUSE = 0.005, 0.1  # seconds until an inquiry that others are at is asked again

Find = Callable[[], tuple[str, str]]  # what was found out, and the basis that it was found out from


class StoreLog:
    """Implements `DiscoveryLog` by the store."""

    def __init__(self, store: Store, held: Held | None) -> None:
        self._store = store
        self._asker = Asker(held.brief.run_id, held.brief.brief_id, held.attempt) if held else Asker()
        self._excerpts = {True: 0, False: 0}

    def ask(self, inquiry: Inquiry) -> Answered:
        """What is known of an inquiry; see `DiscoveryLog`."""
        return self._store.discoveries.ask(inquiry, self._asker)

    def keep(self, inquiry: Inquiry, basis: str, discovery: Discovery) -> None:
        """Say what was found out; see `DiscoveryLog`."""
        if not self._store.discoveries.keep(inquiry, basis, discovery):
            self.drop(inquiry, failed=False)

    def drop(self, inquiry: Inquiry, *, failed: bool) -> None:
        """Leave an inquiry to others; see `DiscoveryLog`."""
        self._store.discoveries.drop(inquiry, failed=failed)

    def once(self, inquiry: Inquiry, find: Find, remaining: Callable[[], float]) -> str:
        """What was found out by whoever asked first: by ``find``, if that is this one.

        Raises what ``find`` raises, and `EngineError` when nothing remains of the time to wait for others.
        """
        pause = _FIRST_PAUSE
        while (answered := self.ask(inquiry)).outcome is Outcome.THEIRS:
            if not remaining():
                raise EngineError("No time was left to wait for a search that another worker had begun.")
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        if answered.found:
            return answered.found.result
        return self._found_out(inquiry, find) if answered.outcome is Outcome.YOURS else find()[0]

    def _found_out(self, inquiry: Inquiry, find: Find) -> str:
        try:
            result, basis = find()
        except BaseException:
            self.drop(inquiry, failed=True)
            raise
        self.keep(inquiry, basis, Discovery(result=result))
        return result

    def excerpt(self, *, warm: bool) -> None:
        """Count an excerpt that this process had kept, or had to read; told to the store by `close`."""
        self._excerpts[warm] += 1

    def close(self) -> None:
        """Tell the store what was counted here."""
        if any(self._excerpts.values()):
            hits, misses = self._excerpts[True], self._excerpts[False]
            self._store.discoveries.count(self._asker.run_id, Sort.EXCERPT, hits=hits, misses=misses)
