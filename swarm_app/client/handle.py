"""One run, as its user sees it."""

import time
from collections.abc import Iterator, Mapping
from functools import partial
from uuid import uuid4

from swarm_app import queues
from swarm_app.aliases import roots
from swarm_app.celery import app
from swarm_app.client.boundary import Boundary
from swarm_app.client.given import limits_of
from swarm_app.client.patience import Patience
from swarm_app.client.verify import verify
from swarm_app.contracts.budget import Budget
from swarm_app.contracts.limits import Limit
from swarm_app.contracts.research import Conclusion
from swarm_app.contracts.run import Event, PassProgress, Progress, Report, Run, RunState, Verification
from swarm_app.errors import RunFailed, UsageError
from swarm_app.report.build import build
from swarm_app.store.health import Trouble
from swarm_app.store.store import Store

_WAIT = 1.0  # seconds that one read of the event stream blocks


class RunHandle:
    """A run that was queued: watch it, wait for it, stop it, read it.

    While it is followed, a server that is away is waited for: `events`, `conclusions`, `result` and `report`
    raise `OutOfSight` when it stays away.
    """

    def __init__(self, store: Store, run: Run, patience: Patience | None = None) -> None:
        self._store = store
        self._patience = patience or Patience()
        self.run = run
        self.run_id = run.run_id

    def progress(self) -> Progress:
        """Where the run stands."""
        return self._store.runs.progress(self.run_id)

    @property
    def passes(self) -> tuple[PassProgress, ...]:
        """Every pass of the plan and where it stands."""
        return tuple(self._store.passes.standings(self.run_id))

    def events(self, *, after: str = "0") -> Iterator[Event]:
        """What happened and what happens, live, until the run ends. ``after`` is the id of an event."""
        while True:
            ended, batch = self._patience.sit_out(self.run_id, partial(self._news, after))
            yield from batch
            if batch:
                after = batch[-1].event_id
            elif ended:
                return

    def _news(self, after: str) -> tuple[bool, list[Event]]:
        """Whether the run had ended, and then what happened since the event ``after``."""
        ended = self.progress().state.ended
        return ended, self._store.events.read(self.run_id, after=after, wait=0.0 if ended else _WAIT)

    def conclusions(self, *, until: float | None = None) -> Iterator[Conclusion]:
        """What each pass came to, live, until the run ends: all that a coordinator reads of it.

        Raises `TimeoutError` at ``until`` (of time.monotonic()); the run goes on.
        """
        return Boundary(self._store, self._patience).conclusions(self.run, until)

    def result(self, timeout: float | None = None) -> Report:
        """Wait for the end, at most ``timeout`` seconds, and return the report.

        Raises `TimeoutError` (the run goes on), or `RunFailed` with the reason.
        """
        until = None if timeout is None else time.monotonic() + timeout
        for _ in self.conclusions(until=until):
            pass
        progress = self._patience.sit_out(self.run_id, self.progress, until)
        if progress.state is RunState.FAILED:
            raise RunFailed(
                f"Run {self.run_id} failed: {progress.stop_reason}. `swarm resume {self.run_id}`."
            )
        return self.report()

    def report(self) -> Report:
        """The report as it stands now, its citations checked once more."""
        return self._patience.sit_out(self.run_id, lambda: build(self._store, self.run_id))

    def troubles(self) -> list[Trouble]:
        """What the server's own status says against storing and keeping things; best none."""
        return self._store.health.troubles()

    def cancel(self) -> None:
        """Stop the run for good; late workers report nothing. A run that has ended stays as it is."""
        self._store.runs.move(self.run_id, {RunState.QUEUED, RunState.RUNNING}, RunState.CANCELLED)

    def interrupt(self) -> None:
        """Stop the run so that it can be resumed; briefs under way still report."""
        going = {RunState.QUEUED, RunState.RUNNING}
        self._store.runs.move(self.run_id, going, RunState.STOPPED, reason="interrupted")

    def resume(
        self,
        *,
        budget_usd: float | None = None,
        budget_tokens: int | None = None,
        engine_budgets: Mapping[str, Budget] | None = None,
    ) -> None:
        """Drive the run on from what is stored, with other budgets if some are given.

        One that reached its deadline, its cap or its budgets gets as much again, and its last pass goes on
        where it was cut short. Raises `UsageError` for one that is done or cancelled.
        """
        limits_of(budget_usd=budget_usd, budget_tokens=budget_tokens)
        progress = self.progress()
        if progress.state in {RunState.DONE, RunState.CANCELLED}:
            raise UsageError(f"Run {self.run_id} is {progress.state.value}: there is nothing to resume.")
        if progress.state is RunState.STOPPED:
            self._store.budgets.extend(self.run, progress)
        self._store.budgets.set(self.run_id, budget_usd=budget_usd, budget_tokens=budget_tokens)
        self._store.budgets.set_engines(self.run_id, engine_budgets or {})
        if progress.stop_reason in list(Limit):
            self._store.passes.reopen(self.run_id)
        self._store.runs.move(self.run_id, {RunState.STOPPED, RunState.FAILED}, RunState.RUNNING)
        self.drive()

    def drive(self) -> None:
        """Send the home shard the message that starts the run, or drives it on."""
        app.send_task(
            queues.TASK_START,
            args=(self.run_id,),
            task_id=f"{self.run_id}.start.{uuid4().hex[:8]}",
            queue=queues.shard_queue(self.run.home),
            priority=queues.PRIORITY_DRIVE,
            shadow="Start",
            argsrepr=self.run.question,
            kwargsrepr=self.run_id,
            ignore_result=True,
        )

    def verify(self) -> Verification:
        """Check every citation again, against the store and against today's files."""
        findings = self._store.runs.findings(self.run_id)
        return verify(self.run_id, findings, self._store.documents, roots(self.run, findings))
