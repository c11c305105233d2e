"""What must be true of a run after every step, whatever happened."""

from collections import Counter
from collections.abc import Iterable

from swarm_app.contracts.help import Outcome
from swarm_app.contracts.ids import finding_id, parts_of_brief
from swarm_app.contracts.research import Conclusion, Synthesis
from swarm_app.contracts.run import BriefState, Progress, RunState
from tests.integration.state_machine.world import World

_GOING = {RunState.QUEUED, RunState.RUNNING}
_FOLLOWS = {
    RunState.QUEUED: set(RunState) - {RunState.QUEUED, RunState.DONE},
    RunState.RUNNING: set(RunState) - {RunState.QUEUED, RunState.RUNNING},
    RunState.STOPPED: set(RunState) - {RunState.QUEUED, RunState.STOPPED, RunState.FAILED},
    RunState.FAILED: set(RunState) - {RunState.QUEUED},
    RunState.DONE: set(),
    RunState.CANCELLED: set(),
}
_ONCE = {"pass.opened", "pass.synthesised", "run.done", "run.cancelled"}  # or once more for each reopening


class Promises:
    """Compares the store with the ledger, and with what the store said before."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._progress = self._now()
        self._syntheses: list[Synthesis] = []
        self._reopened = 0

    def keep(self) -> None:
        """Raises `AssertionError` where a promise is broken."""
        progress, syntheses = self._now(), self._world.store.passes.syntheses(self._world.run.run_id)
        self._findings_are_the_first_reports()
        self._reported_briefs_stay_reported()
        self._counters_agree(progress)
        self._blockers_are_settled_once(progress)
        self._nothing_goes_backwards(progress, syntheses)
        self._findings_are_concluded_once(syntheses)
        self._what_was_written_stands(syntheses)
        self._progress, self._syntheses, self._reopened = progress, syntheses, self._world.reopened

    def end_in(self, *states: RunState) -> None:
        """The run has ended in one of these states, and each step of it was told once."""
        assert self._world.state in states
        told = Counter(
            (event.type, event.data.get("pass"))
            for event in self._world.store.events.read(self._world.run.run_id)
        )
        for (step, number), times in told.items():
            again = told["pass.reopened", number] if step == "pass.synthesised" else 0
            assert step not in _ONCE or times == 1 + again

    def _now(self) -> Progress:
        return self._world.store.runs.progress(self._world.run.run_id)

    def _findings_are_the_first_reports(self) -> None:
        """One finding for each reported brief, none lost, none doubled, none replaced."""
        findings = self._world.store.runs.findings(self._world.run.run_id)
        assert [(each.brief_id, each.summary) for each in findings] == list(
            self._world.ledger.reports.items()
        )

    def _reported_briefs_stay_reported(self) -> None:
        standings = self._world.store.briefs.standings(list(self._world.ledger.reports))
        assert {each.state for each in standings} <= {BriefState.REPORTED}

    def _counters_agree(self, progress: Progress) -> None:
        ledger = self._world.ledger
        again = sum(times - 1 for times in ledger.executed.values())
        assert progress.executed == ledger.executed.total()
        assert progress.redelivered + progress.hedged + progress.resumed == again
        assert progress.resumed == len(ledger.resumed)
        assert (progress.reused, progress.discarded) == (ledger.reused, ledger.discarded)
        reported = Counter(parts_of_brief(brief)[1] for brief in ledger.reports)
        specs = self._world.run.plan.passes
        for each, spec in zip(self._world.store.passes.standings(self._world.run.run_id), specs, strict=True):
            assert each.reported + each.failed == reported[each.number]
            withheld = self._withheld(each.number)
            assert each.workers + withheld == spec.workers

    def _withheld(self, number: int) -> int:
        """Briefs of a pass that are not given out."""
        found = self._world.store.allocations.withheld(self._world.run.run_id, number)
        return sum(each.pass_number == number for each in found)

    def _blockers_are_settled_once(self, progress: Progress) -> None:
        """Each brief is blocked once, and how that ended stands."""
        ledger, peers = self._world.ledger, self._world.peers
        outcomes = {brief: outcome for brief in ledger.blocked if (outcome := peers.outcome(brief))}
        assert outcomes.items() >= ledger.settled.items()
        ledger.settled |= outcomes
        ended = Counter(outcomes.values())
        unused = self._world.store.assists.unused(self._world.run.run_id).values()
        assert sum(each.assists for each in unused) == peers.took - sum(map(peers.used, ledger.blocked))
        assert progress.blocked == len(ledger.blocked) + ledger.too_late
        assert progress.solved == ended[Outcome.SOLVED]
        assert progress.escalated == ended[Outcome.ESCALATED] + ledger.too_late

    def _nothing_goes_backwards(self, progress: Progress, syntheses: list[Synthesis]) -> None:
        standing = self._syntheses[: len(self._syntheses) - (self._world.reopened - self._reopened)]
        assert syntheses[: len(standing)] == standing, "a synthesis stands, unless its pass goes on"
        assert [each.pass_number for each in syntheses] == list(range(1, len(syntheses) + 1))
        assert progress.pass_number in {len(syntheses), len(syntheses) + 1}
        assert progress.pass_number >= self._progress.pass_number
        before = self._progress.state
        assert progress.state is before or progress.state in _FOLLOWS[before]
        assert progress.state is not RunState.DONE or len(syntheses) == len(self._world.run.plan.passes)

    def _findings_are_concluded_once(self, syntheses: list[Synthesis]) -> None:
        """Each finding in one synthesis at most, and in the next one after its report."""
        concluded = [finding for synthesis in syntheses for finding in synthesis.findings]
        assert len(concluded) == len(set(concluded))
        assert set(self._due(len(syntheses))) <= set(concluded)

    def _what_was_written_stands(self, syntheses: list[Synthesis]) -> None:
        """Each writing is stored once, and one that is shown is stored; all are told the same."""
        store, run_id = self._world.store, self._world.run.run_id
        writings = store.writings.all(run_id)
        assert [(each.brief_id, each.summary) for each in writings] == list(
            self._world.ledger.writings.items()
        )
        for each in syntheses:
            assert each.writing in {"", *(found.finding_id for found in writings)}
            assert bool(each.written) == bool(each.writing)
            (told,) = store.conclusions.read(run_id, [each.pass_number])
            assert Conclusion.model_validate_json(told).summary == each.summary

    def _due(self, passes: int) -> Iterable[str]:
        return (
            finding_id(brief) for brief, before in self._world.ledger.closed_before.items() if before < passes
        )
