"""Watches the server while a run is watched: a full one cannot say so by events."""

import threading
from collections.abc import Callable, Sequence
from typing import Self

from swarm_app.cli import output
from swarm_app.errors import ServerAway, SwarmError
from swarm_app.store.health import Trouble

PERIOD = 3.0  # seconds between two looks


class Watchman:
    """Says each grave trouble once when it comes, and that it is over when it goes."""

    def __init__(self, look: Callable[[], Sequence[Trouble]]) -> None:
        self._look = look
        self._stopped = threading.Event()
        self._known: dict[str, str] = {}

    def __enter__(self) -> Self:
        threading.Thread(target=self._watch, name="watchman", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()

    def _watch(self) -> None:
        while not self._stopped.wait(PERIOD):
            self.tell(self._now())

    def tell(self, now: dict[str, str]) -> None:
        """Say what is new and what is over; ``now`` maps a trouble's name to its words."""
        for name in now.keys() - self._known.keys():
            output.say(f"server: {now[name]}")
        for name in self._known.keys() - now.keys():
            output.say(f"server: {name} is well again")
        self._known = dict(now)

    def _now(self) -> dict[str, str]:
        try:
            grave = (trouble for trouble in self._look() if trouble.grave)
            return {trouble.name: f"{trouble.detail}. {trouble.mend}" for trouble in grave}
        except ServerAway:  # whoever follows the run says so
            return self._known
        except SwarmError as error:
            return {"connection": str(error)}
