"""An engine at work on one brief, in a thread of its own: it ends at its deadline, or is left behind."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from swarm_app.claims import Held, Reason, Why
from swarm_app.errors import EngineError
from swarm_app.presence import lost_threads

T = TypeVar("T")

_GRACE = 2.0  # seconds between the word to stop and giving up on the thread
_LOOK = 0.5  # seconds between two looks whether the claim was cancelled


class Cancelled(Exception):  # noqa: N818 — an outcome, not an error: nobody waits for the work any more
    """The claim was given up before the engine had answered; ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class Execution(Generic[T]):
    """Runs ``work`` beside the task that waits for it."""

    def __init__(self, work: Callable[[], T], held: Held) -> None:
        self._work = work
        self._held = held
        self._ended = threading.Event()
        self._draft: T | None = None
        self._error: Exception | None = None

    def run(self) -> T:
        """The engine's draft, or its error.

        Raises `Cancelled` when the claim was cancelled, and `EngineError` at the brief's deadline. An engine
        that does not stop then keeps its thread (a thread cannot be killed): it is counted as lost, and the
        worker recycles itself when its other briefs have ended.
        """
        thread = threading.Thread(target=self._target, name=self._held.brief.brief_id, daemon=True)
        thread.start()
        while not self._ended.wait(_LOOK) and self._held.remaining:
            pass
        if self._draft is None and not self._held.remaining:
            self._give_up(thread)
        if self._error is not None:
            raise self._error
        assert self._draft is not None
        return self._draft

    def _target(self) -> None:
        try:
            self._draft = self._work()
        except Exception as error:
            self._error = error
        finally:
            self._ended.set()

    def _give_up(self, thread: threading.Thread) -> None:
        reason = self._held.reason
        self._held.cancel(Why.DEADLINE)
        if not self._ended.wait(_GRACE):
            lost_threads.append(thread)
        if self._draft is not None:
            return
        if reason is not None:
            raise Cancelled(reason)
        if not self._ended.is_set() or isinstance(self._error, EngineError):
            raise EngineError("The engine did not end by the brief's deadline.")
