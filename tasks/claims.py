"""The claims of this process: kept by one heartbeat, and cancelled when they are no longer ours."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from swarm_app.contracts.research import Brief
from swarm_app.errors import ServerError
from swarm_app.settings import current
from swarm_app.store.briefs import Renewal
from swarm_app.store.store import Store

logger = logging.getLogger(__name__)

_BEATS = 3  # in one lease


@dataclass(eq=False)
class Held:
    """One claimed brief: until when it may be worked on, and whether it should be dropped before."""

    brief: Brief
    attempt: int
    until: float  # of time.monotonic()
    renew: Callable[[], Renewal]  # extends its lease
    cancelled: threading.Event = field(default_factory=threading.Event)
    reason: str = ""

    @property
    def remaining(self) -> float:
        """Seconds left; 0 once it was cancelled."""
        return 0.0 if self.cancelled.is_set() else max(0.0, self.until - time.monotonic())

    def cancel(self, reason: str) -> None:
        """Say that nobody waits for this work any more."""
        self.reason = self.reason or reason
        self.cancelled.set()


class Claims:
    """What this process holds. The heartbeat thread lives only while there is something to keep."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: set[Held] = set()
        self._lock = threading.Lock()
        self._beating = False
        self._changed = threading.Condition(self._lock)

    @contextmanager
    def holding(
        self, brief: Brief, attempt: int, renew: Callable[[], Renewal] | None = None
    ) -> Iterator[Held]:
        """Keep a claim for as long as the block runs; the brief's own, unless ``renew`` extends another."""
        own = renew or (lambda: self._store.briefs.renew(brief.brief_id, attempt))
        held = Held(brief, attempt, time.monotonic() + current().brief_deadline, own)
        with self._lock:
            self._held.add(held)
            if not self._beating:
                self._beating = True
                threading.Thread(target=self._beat, name="claims", daemon=True).start()
        try:
            yield held
        finally:
            with self._lock:
                self._held.discard(held)
                self._changed.notify_all()

    def wait_until_none(self, seconds: float) -> bool:
        """Wait until nothing is held; False if something still is."""
        with self._lock:
            return self._changed.wait_for(lambda: not self._held, seconds)

    def cancel_all(self, reason: str) -> None:
        """Cancel whatever is held."""
        for held in self._all():
            held.cancel(reason)

    def _all(self) -> list[Held]:
        with self._lock:
            return list(self._held)

    def _beat(self) -> None:
        while True:
            time.sleep(current().lease / _BEATS)
            with self._lock:
                if not self._held:
                    self._beating = False
                    return
            try:
                self._renew()
            except ServerError as error:
                logger.warning("leases could not be renewed: %s", error)

    def _renew(self) -> None:
        for each in self._all():
            answer = each.renew()
            if answer is not Renewal.RENEWED:
                each.cancel(answer.value)
