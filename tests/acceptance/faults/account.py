"""What became of a run, counted from outside: by the engine's own trace and the order of the run's events."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from swarm_app.contracts.run import Event, RunState
from tests.acceptance.faults.control import Execution
from tests.acceptance.faults.trial import Trial

_UNDER_WAY = 2.0  # seconds at most between a claim and the engine's first line
_REPORTS = {"brief.reported", "brief.failed", "brief.late"}
_CLAIMS = {"brief.claimed", "brief.hedged"}


@dataclass(frozen=True)
class Account:
    """A row of the table. Times are seconds from a fault to the run's next event."""

    state: RunState
    faults: int
    briefs: int
    executed: int
    again: int  # executions of a brief after its report was stored
    lost: int  # briefs without a finding
    doubled: int  # findings beyond one for each brief
    failed: int
    recoveries: tuple[float, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was lost, doubled or done again."""
        return self.state is RunState.DONE and not (self.again or self.lost or self.doubled)

    def row(self, name: str) -> str:
        """The row as text, under `HEADING`; ``name`` says of what."""
        middle, worst = median(self.recoveries), max(self.recoveries)
        counted = (self.faults, self.briefs, self.executed, self.again, self.lost, self.doubled, self.failed)
        return _ROW.format(*counted, f"{middle:.1f} s", f"{worst:.1f} s", self.state.value, name)


_ROW = "{:>7} {:>7} {:>9} {:>6} {:>5} {:>8} {:>7} {:>9} {:>7}  {:<6} {}"
_NAMES = ("faults", "briefs", "executed", "again", "lost", "doubled", "failed", "recovery", "worst")
HEADING = _ROW.format(*_NAMES, "run", "what died, or the seed")


def account(trial: Trial, run_id: str, faults: Sequence[float] = ()) -> Account:
    """Count what became of a run that was disturbed at these times (Unix seconds)."""
    run, events = trial.store.runs.get(run_id), trial.events(run_id)
    executions = [each for each in trial.control.executions() if each.brief.startswith(f"{run_id}.")]
    found = Counter(finding.brief_id for finding in trial.store.runs.findings(run_id))
    return Account(
        state=trial.progress(run_id).state,
        faults=len(faults),
        briefs=run.plan.workers,
        executed=len(executions),
        again=len(again(executions, events)),
        lost=run.plan.workers - len(found),
        doubled=sum(found.values()) - len(found),
        failed=sum(event.type == "brief.failed" for event in events),
        recoveries=tuple(_recovery(fault, events) for fault in faults),
    )


def again(executions: Sequence[Execution], events: Sequence[Event]) -> list[Execution]:
    """Executions that began after their brief's report was stored.

    One whose claim was granted before the report, moments before it began, was under way.
    """
    stored = {_brief(event): moment(event) for event in events if event.type in _REPORTS}
    return [
        each
        for each in executions
        if each.begun > stored.get(each.brief, each.begun) and not _was_under_way(each, stored, events)
    ]


def _was_under_way(each: Execution, stored: dict[str, float], events: Sequence[Event]) -> bool:
    claims = [moment(event) for event in events if event.type in _CLAIMS and _brief(event) == each.brief]
    return any(each.begun - _UNDER_WAY < claim <= stored[each.brief] for claim in claims)


def moment(event: Event) -> float:
    """When the server stored an event, in Unix seconds: ids of a stream begin with it."""
    return int(event.event_id.partition("-")[0]) / 1000


def _brief(event: Event) -> str:
    return f"{event.run_id}.{event.data['pass']}.{event.data['number']}"


def _recovery(fault: float, events: Sequence[Event]) -> float:
    later = [moment(event) for event in events if moment(event) > fault]
    return min(later) - fault if later else 0.0
