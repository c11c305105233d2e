"""Where a run reaches whoever coordinates it. All that passes here is counted, in bytes."""

import time
from collections.abc import Iterator, Sequence
from functools import partial

from swarm_app.client.patience import Patience
from swarm_app.contracts.research import Conclusion
from swarm_app.contracts.run import Run
from swarm_app.store.store import Store

_LOOK = 0.05  # seconds between two looks


class Boundary:
    """Lets conclusions through, and nothing of the workers' chatter. A server that is away is waited for."""

    def __init__(self, store: Store, patience: Patience | None = None) -> None:
        self._store = store
        self._patience = patience or Patience()
        self.bytes = 0  # received by this coordinator

    def received(self, text: str, run_id: str = "") -> str:
        """Count a text that the coordinator is given, for its run too if it is of one."""
        size = len(text.encode())
        self.bytes += size
        if run_id:
            self._patience.sit_out(run_id, partial(self._store.conclusions.received, run_id, size))
        return text

    def conclusions(self, run: Run, until: float | None = None) -> Iterator[Conclusion]:
        """What each pass came to, live, in order, until the run ends.

        Raises `TimeoutError` at ``until`` (of time.monotonic()); the run goes on.
        """
        left = list(range(1, len(run.plan.passes) + 1))
        while True:
            ended, texts = self._patience.sit_out(run.run_id, partial(self._news, run.run_id, left), until)
            for text in texts:
                told = Conclusion.model_validate_json(self.received(text, run.run_id))
                left.remove(told.pass_number)
                yield told
            if ended:
                return
            if until is not None and time.monotonic() >= until:
                raise TimeoutError(f"Run {run.run_id} is still under way.")
            time.sleep(_LOOK)

    def _news(self, run_id: str, left: Sequence[int]) -> tuple[bool, list[str]]:
        """Whether the run had ended, and then what is concluded of the passes that are ``left``."""
        ended = self._store.runs.progress(run_id).state.ended
        return ended, list(self._store.conclusions.read(run_id, left))
