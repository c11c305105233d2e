"""Sitting out a server that is away while a run is followed: the run goes on when it is back."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from swarm_app.errors import OutOfSight, ServerAway

_LOOK = 0.2  # seconds between two looks for the server
_NEVER = float("inf")

T = TypeVar("T")


def silently(_: str) -> None:
    """Where nobody is told what is being waited for."""


@dataclass(frozen=True)
class Patience:
    """How long a server may be away, in ``seconds``; ``say`` is told when it goes and when it is back."""

    seconds: float = 60.0
    say: Callable[[str], None] = silently

    def sit_out(self, run_id: str, look: Callable[[], T], until: float | None = None) -> T:
        """What ``look`` at the run finds, made again for as long as the server is away.

        Raises `OutOfSight` when it stays away, and `TimeoutError` at ``until`` (of time.monotonic()).
        """
        try:
            return look()
        except ServerAway:
            self.say(
                f"the server is away; {run_id} goes on when it is back (waiting {self.seconds:g} s at most)"
            )
        found = self._again(run_id, look, _NEVER if until is None else until)
        self.say("the server is back")
        return found

    def _again(self, run_id: str, look: Callable[[], T], until: float) -> T:
        end = time.monotonic() + self.seconds
        while True:
            time.sleep(_LOOK)
            try:
                return look()
            except ServerAway as error:
                if time.monotonic() >= until:
                    raise TimeoutError(f"Run {run_id} is still under way.") from None
                if time.monotonic() >= end:
                    raise self._given_up(run_id, error) from error

    def _given_up(self, run_id: str, error: ServerAway) -> OutOfSight:
        return OutOfSight(
            f"The server stayed away for {self.seconds:g} s, so {run_id} is followed no longer. What it did "
            f"is stored; go on with `swarm resume {run_id}` when the server is back. {error}"
        )
