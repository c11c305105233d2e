"""Whether a run is under way, which keeps the stack up without users."""

import asyncio
import logging
import time

from swarm_app.errors import SwarmError
from swarm_app.settings import Settings
from swarm_app.store.store import Store

log = logging.getLogger(__name__)

_PATIENCE = 10.0  # seconds for the store's answer
_BENEFIT = 120.0  # seconds that a store out of reach is believed what it said last


class ActiveRuns:
    """Asks the store for runs that are queued or running."""

    def __init__(self, settings: Settings) -> None:
        self._store = Store(settings)
        self._active = False
        self._answered_at = 0.0

    async def any(self) -> bool:
        """Whether there is one; of a store that is out of reach, whether it said so within two minutes."""
        try:
            active = await asyncio.wait_for(asyncio.to_thread(self._store.runs.active), _PATIENCE)
        except (SwarmError, TimeoutError) as error:
            log.warning("the store does not say whether a run is active: %s", error)
            return self._active and time.monotonic() - self._answered_at < _BENEFIT
        self._active, self._answered_at = bool(active), time.monotonic()
        return self._active
