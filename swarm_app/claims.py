"""The claims of this process: kept by one heartbeat, and cancelled when they are no longer ours."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from weakref import WeakSet

from swarm_app.contracts.research import Brief
from swarm_app.errors import ServerError
from swarm_app.settings import current
from swarm_app.store.briefs import Renewal

logger = logging.getLogger(__name__)

_BEATS = 3  # in one lease


class Why(StrEnum):
    """Why one gives up what is still one's own; why it no longer is, a `Renewal` says."""

    STOPPING = "the worker stops"
    SPENT = "the run's budget is spent"
    BLOCKED = "it is blocked, and others help"
    DEADLINE = "its deadline has come"


Reason = Why | Renewal


@dataclass(eq=False)
class Held:
    """One claimed brief: until when it may be worked on, and whether it should be dropped before."""

    brief: Brief
    attempt: int
    until: float  # of time.monotonic()
    renew: Callable[[], Renewal]  # extends its lease
    cancelled: threading.Event = field(default_factory=threading.Event)
    reason: Reason | None = None

    @property
    def remaining(self) -> float:
        """Seconds left; 0 once it was cancelled."""
        return 0.0 if self.cancelled.is_set() else max(0.0, self.until - time.monotonic())

    def cancel(self, reason: Reason) -> None:
        """Say that nobody waits for this work any more."""
        self.reason = self.reason or reason
        self.cancelled.set()


class Claims:
    """What this process holds. The heartbeat thread lives only while there is something to keep."""

    def __init__(self) -> None:
        self._held: WeakSet[Held] = WeakSet()  # what its holder has forgotten is not kept either
        self._changed = threading.Condition()
        self._beating: threading.Thread | None = None

    def hold(self, brief: Brief, attempt: int, renew: Callable[[], Renewal]) -> Held:
        """Keep a claim until it is dropped, or the answer is garbage; ``renew`` extends its lease."""
        held = Held(brief, attempt, time.monotonic() + current().brief_deadline, renew)
        with self._changed:
            self._held.add(held)
            if self._beating is None or not self._beating.is_alive():
                self._beating = threading.Thread(target=self._beat, name="claims", daemon=True)
                self._beating.start()
        return held

    def drop(self, held: Held) -> None:
        """Keep a claim no longer."""
        with self._changed:
            self._held.discard(held)
            self._changed.notify_all()

    @contextmanager
    def holding(self, brief: Brief, attempt: int, renew: Callable[[], Renewal]) -> Iterator[Held]:
        """Keep a claim for as long as the block runs."""
        held = self.hold(brief, attempt, renew)
        try:
            yield held
        finally:
            self.drop(held)

    def wait_until_none(self, seconds: float) -> bool:
        """Wait until nothing is held; False if something still is."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._held, seconds)

    def cancel_all(self, reason: Reason) -> None:
        """Cancel whatever is held."""
        for held in self._all():
            held.cancel(reason)

    def _all(self) -> list[Held]:
        with self._changed:
            return list(self._held)

    def _beat(self) -> None:
        while self._is_needed():
            self._renew()

    def _renew(self) -> None:
        """In a frame of its own: the thread that waits must not be who keeps a claim from being garbage."""
        for held in self._all():
            _renew(held)

    def _is_needed(self) -> bool:
        """Whether something is held when the next beat is due; if not, the thread ends."""
        time.sleep(current().lease / _BEATS)
        with self._changed:
            if not self._held:
                self._beating = None
            return bool(self._held)


def _renew(held: Held) -> None:
    """Extend a lease, or cancel what is ours no more; an error is left to the next beat."""
    try:
        answer = held.renew()
    except ServerError as error:
        logger.warning("the lease of %s could not be renewed: %s", held.brief.brief_id, error)
    except Exception:  # one lease's fault must not end the others
        logger.exception("the lease of %s could not be renewed", held.brief.brief_id)
    else:
        if answer is not Renewal.RENEWED:
            held.cancel(answer)
