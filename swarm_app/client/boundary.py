"""Where a run reaches whoever coordinates it. All that passes here is counted, in bytes."""

import time
from collections.abc import Iterator

from swarm_app.contracts.research import Conclusion
from swarm_app.contracts.run import Run
from swarm_app.store.store import Store

_LOOK = 0.05  # seconds between two looks


class Boundary:
    """Lets conclusions through, and nothing of the workers' chatter."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.bytes = 0  # received by this coordinator

    def received(self, text: str, run_id: str = "") -> str:
        """Count a text that the coordinator is given, for its run too if it is of one."""
        size = len(text.encode())
        self.bytes += size
        if run_id:
            self._store.conclusions.received(run_id, size)
        return text

    def conclusions(self, run: Run, until: float | None = None) -> Iterator[Conclusion]:
        """What each pass came to, live, in order, until the run ends.

        Raises `TimeoutError` at ``until`` (of time.monotonic()); the run goes on.
        """
        left = list(range(1, len(run.plan.passes) + 1))
        while True:
            ended = self._store.runs.progress(run.run_id).state.ended
            for text in self._store.conclusions.read(run.run_id, left):
                told = Conclusion.model_validate_json(self.received(text, run.run_id))
                left.remove(told.pass_number)
                yield told
            if ended:
                return
            if until is not None and time.monotonic() >= until:
                raise TimeoutError(f"Run {run.run_id} is still under way.")
            time.sleep(_LOOK)
