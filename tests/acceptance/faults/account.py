"""What became of a run, counted from outside: by the engine's own trace and the order of the run's events."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from swarm_app.contracts.run import RunState
from tests.acceptance.faults.control import Execution
from tests.acceptance.faults.story import Story
from tests.acceptance.faults.trial import Trial
from tests.acceptance.faults.victims import Fault


@dataclass(frozen=True)
class Account:
    """A row of the table. ``recoveries`` are seconds, one for each fault; see `LEGEND`."""

    state: RunState
    faults: int
    briefs: int
    executed: int
    unfinished: int  # executions that ended with their process, before their report was stored
    overtaken: int  # executions of a straggler whose other worker was faster
    again: int  # executions of a brief after its report was stored
    lost: int  # briefs without a finding
    doubled: int  # findings beyond one for each brief
    failed: int
    recoveries: tuple[float, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was lost, doubled or done again."""
        return self.state is RunState.DONE and not (self.again or self.lost or self.doubled)

    @property
    def exact(self) -> bool:
        """Whether that holds, and each brief was executed once, and once more only for a cause."""
        return self.holds and self.executed == self.briefs + self.unfinished + self.overtaken

    def row(self, name: str) -> str:
        """The row as text, under `HEADING`; ``name`` says of what."""
        middle, worst = median(self.recoveries), max(self.recoveries)
        counted = (self.faults, self.briefs, self.executed, self.unfinished, self.overtaken)
        counted += (self.again, self.lost, self.doubled, self.failed)
        return _ROW.format(*counted, f"{middle:.1f} s", f"{worst:.1f} s", self.state.value, name)


_ROW = "{:>6} {:>6} {:>8} {:>10} {:>9} {:>5} {:>4} {:>7} {:>6} {:>8} {:>6}  {:<7} {}"
_COUNTS = ("faults", "briefs", "executed", "unfinished", "overtaken", "again", "lost", "doubled", "failed")
HEADING = _ROW.format(*_COUNTS, "recovery", "worst", "run", "what died, or the seed")
LEGEND = (
    "unfinished: executions cut short by a fault; executed = briefs + unfinished + overtaken (stragglers)\n"
    "recovery: from a fault until all briefs that it cut short are claimed again; where it cut none short,\n"
    "until the run's next claim, report or conclusion (median and worst)"
)


def account(trial: Trial, run_id: str, faults: Sequence[Fault] = ()) -> Account:
    """Count what became of a run that was disturbed by these."""
    run, story = trial.store.runs.get(run_id), Story(trial.events(run_id))
    executions = [each for each in trial.control.executions() if each.brief.startswith(f"{run_id}.")]
    found = Counter(finding.brief_id for finding in trial.store.runs.findings(run_id))
    cut = unfinished(executions, story)
    return Account(
        state=trial.progress(run_id).state,
        faults=len(faults),
        briefs=run.plan.workers,
        executed=len(executions),
        unfinished=len(cut),
        overtaken=len(overtaken(executions, story)),
        again=again(executions, story),
        lost=run.plan.workers - len(found),
        doubled=sum(found.values()) - len(found),
        failed=story.failed,
        recoveries=tuple(_recovery(fault, cut, story) for fault in faults),
    )


def again(executions: Sequence[Execution], story: Story) -> int:
    """How many executions were not begun by a claim of their own, granted before their brief's report."""
    own = {each.key for each in executions if story.granted_in_time(each.key)}
    return len(executions) - len(own)


def unfinished(executions: Sequence[Execution], story: Story) -> list[Execution]:
    """Those whose process has ended before they had, or before their report was stored."""
    return [
        each for each in executions if each.orphaned and (each.ended is None or each.key not in story.reports)
    ]


def overtaken(executions: Sequence[Execution], story: Story) -> list[Execution]:
    """Those of a brief that two workers had, in the one whose report came second or not at all."""
    return [
        each
        for each in executions
        if each.brief in story.hedged and each.key not in story.reports and not each.orphaned
    ]


def _recovery(fault: Fault, cut: Sequence[Execution], story: Story) -> float:
    briefs = {each.brief for each in cut if each.pid in fault.pids and each.begun < fault.at}
    ends = [story.goes_on(brief, fault.at) for brief in briefs] or [story.progresses(fault.at)]
    return max((end - fault.at for end in ends if end is not None), default=0.0)
