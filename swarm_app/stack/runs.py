"""Whether a run is under way, which keeps the stack up without users."""

import asyncio
import logging
import time

from swarm_app.errors import SwarmError
from swarm_app.settings import Settings
from swarm_app.store.store import Store

log = logging.getLogger(__name__)

_PATIENCE = 10.0  # seconds for the store's answer
_BENEFIT = 120.0  # seconds that a store may be out of reach before its runs count as given up


class ActiveRuns:
    """Asks the store for runs that are queued or running."""

    def __init__(self, settings: Settings) -> None:
        self._store = Store(settings)
        self._silent_since: float | None = None

    async def any(self) -> bool:
        """Whether there is one; a store that is out of reach for two minutes has the benefit of the doubt."""
        try:
            active = await asyncio.wait_for(asyncio.to_thread(self._store.runs.active), _PATIENCE)
        except (SwarmError, TimeoutError) as error:
            log.warning("the store does not say whether a run is active: %s", error)
            self._silent_since = self._silent_since or time.monotonic()
            return time.monotonic() - self._silent_since < _BENEFIT
        self._silent_since = None
        return bool(active)
