"""Driving a run: whatever its state in the store says comes next, done once however many drive it.

Every step compares and sets: the chord's body, a resumption by hand and the recovery may drive at once.
What is stored is never done again.
"""

import time
from collections.abc import Callable, Sequence

from shard.council import following, is_stopped
from shard.planner import Holding, plan_pass
from shard.synthesis import conclusion, kept, synthesise
from swarm_app.aliases import Aliases
from swarm_app.contracts.ids import place_of
from swarm_app.contracts.research import Brief, Finding, Synthesis
from swarm_app.contracts.run import BriefState, Progress, Run, RunState
from swarm_app.evidence import gate_draft
from swarm_app.store.briefs import Standing
from swarm_app.store.passes import Closed
from tasks.allocation import made_up_for, withholding
from tasks.chords import launch
from tasks.closing import at_work, enough, limit_reached
from tasks.process import store
from tasks.writing import asked, in_words, is_awaited

_TO_DO = {BriefState.WAITING, BriefState.CLAIMED}

Choice = Callable[[Run, int, Sequence[Standing]], Sequence[Standing]]


def drive(run_id: str, choose: Choice | None = None) -> None:
    """Take a run as far as it goes now: conclude the open pass if it may be, open the next one, or end.

    ``choose`` says which of an open pass's unreported briefs are to be sent again; by default those that
    nobody holds and that were never sent.
    """
    run = store().runs.get(run_id)
    while store().runs.progress(run_id).state is RunState.RUNNING:
        concluded = store().passes.syntheses(run_id)
        number = following(run.plan, concluded)
        if number is None:
            _end(run, concluded)
        elif not (opened_at := store().passes.opened_at(run_id, number)):
            if not _opened(run, number, concluded, choose or _unsent):
                return
        elif awaited := _conclude_or_wait(run, number, concluded, opened_at):
            _send(run, number, awaited, choose or _unsent)
            return


def _end(run: Run, concluded: Sequence[Synthesis]) -> None:
    """End a run without a pass left; one that its council stops, or whose limit cut it short, is not done."""
    last = concluded[-1]
    whole = last.is_whole(run.plan.passes[last.pass_number - 1].workers)
    reason: str | None = None if whole else limit_reached(store().runs.progress(run.run_id))
    reason = "the council rejected the draft" if is_stopped(run.plan, concluded) else reason
    state = RunState.STOPPED if reason else RunState.DONE
    store().runs.move(run.run_id, {RunState.RUNNING}, state, reason=reason or "", last=last.pass_number)


def _opened(run: Run, number: int, earlier: Sequence[Synthesis], choose: Choice) -> bool:
    """Open the next pass, or stop at a limit; False while withheld briefs are made up for first."""
    progress = store().runs.progress(run.run_id)  # before the standings: at a limit, no claim follows it
    reason = limit_reached(progress)
    if not reason:
        _make_up(run, number, progress)
    standings = store().briefs.standings(store().allocations.made_up(run.run_id, number - 1))
    awaited = [each for each in standings if each.state is not BriefState.REPORTED]
    if reason and not any(at_work(each, time.time()) for each in awaited):
        store().runs.move(run.run_id, {RunState.RUNNING}, RunState.STOPPED, reason=reason)
    elif awaited:
        _send(run, number - 1, [each.brief_id for each in awaited], choose)
        return False
    else:
        _open(run, number, earlier)
    return True


def _make_up(run: Run, number: int, progress: Progress) -> None:
    """Give out what earlier passes did without, if the run's limits reach for it now."""
    withheld = store().allocations.withheld(run.run_id, number - 1)
    if withheld:
        briefs = store().briefs.get([each.brief_id for each in withheld])
        chosen = made_up_for(run, number, briefs, progress, store().runs.findings(run.run_id))
        store().allocations.make_up(run.run_id, [each.brief_id for each in chosen], number)


def _open(run: Run, number: int, earlier: Sequence[Synthesis]) -> None:
    """Store a pass's briefs, then open it; a driver that died in between is made up for."""
    briefs = plan_pass(run, number, earlier, _holdings(run))
    store().briefs.put(briefs)
    progress, findings = store().runs.progress(run.run_id), store().runs.findings(run.run_id)
    withheld = withholding(run, number, briefs, progress, findings)
    store().passes.open(
        run.run_id,
        number,
        run.plan.passes[number - 1],
        len(briefs),
        withheld=withheld.numbers,
        limit=withheld.limit or "",
    )


def _holdings(run: Run) -> list[Holding]:
    """What the run's shards hold, under the run's names."""
    aliases = Aliases(run.aliases)
    return [
        Holding(shard, part.model_copy(update={"path": aliases.path(shard, part.path)}))
        for shard in run.shards
        for part in store().shards.parts(shard)
    ]


def _briefs(run: Run, number: int) -> list[Brief]:
    return store().briefs.get(_brief_ids(run, number))


def _brief_ids(run: Run, number: int) -> list[str]:
    return store().allocations.given(run.run_id, number, run.plan.passes[number - 1].workers)


def _conclude_or_wait(run: Run, number: int, earlier: Sequence[Synthesis], opened_at: float) -> Sequence[str]:
    """The briefs that the pass waits for; none if it is to be looked at again: it is concluded or goes on."""
    awaited = _brief_ids(run, number)
    if not _is_enough(run, number, awaited, opened_at):
        return awaited
    closed = store().passes.close(run.run_id, number, opened_at)
    if closed is None:
        return []
    concluded = _conclude(run, number, earlier, closed)
    if brief := asked(run, concluded):
        if is_awaited(brief):
            return [brief.brief_id]
        concluded = in_words(brief, concluded)
    store().passes.conclude(concluded, conclusion(run.plan, [*earlier, concluded]))
    return []


def _is_enough(run: Run, number: int, brief_ids: Sequence[str], opened_at: float) -> bool:
    """Whether the pass has what it needs; once it was closed it has, whatever the run may since then."""
    if store().passes.is_closed(run.run_id, number):
        return True
    now = time.time()
    progress = store().runs.progress(run.run_id)  # before the standings: at a limit, no claim follows it
    standings = store().briefs.standings(brief_ids)
    return enough(run.plan.passes[number - 1], standings, progress, opened_at, now)


def _conclude(run: Run, number: int, earlier: Sequence[Synthesis], closed: Closed) -> Synthesis:
    """The synthesis of a pass: of its own findings, and of those that came too late for an earlier one.

    They are taken in the order of their briefs: whoever reports first, the same comes out.
    """
    known = {finding for synthesis in earlier for finding in synthesis.findings}
    reported = store().runs.findings(run.run_id)[: closed.known]
    new = (each for each in reported if each.finding_id not in known)
    findings = sorted(new, key=lambda finding: place_of(finding.finding_id) or (0, 0))
    late = tuple(each.finding_id for each in findings if each.pass_number < number)
    concluded = synthesise(run, number, _briefs(run, number), _rechecked(findings), earlier)
    return kept(concluded, earlier).model_copy(update={"late": late, "at": closed.at})


def _rechecked(findings: Sequence[Finding]) -> list[Finding]:
    return [gate_draft(finding, store().documents)[0] for finding in findings]


def _send(run: Run, number: int, brief_ids: Sequence[str], choose: Choice) -> None:
    standings = store().briefs.standings(brief_ids)
    chosen = [standing.brief_id for standing in choose(run, number, standings)]
    if chosen:
        store().briefs.sent(chosen)
        launch(run, number, store().briefs.get(chosen))


def unheld(run: Run, number: int, standings: Sequence[Standing]) -> list[Standing]:
    """A choice for `drive`: every brief to be done that no worker is at, whatever was sent before."""
    now = time.time()
    return [each for each in standings if each.state in _TO_DO and not at_work(each, now)]


def _unsent(run: Run, number: int, standings: Sequence[Standing]) -> list[Standing]:
    return [each for each in standings if each.state is BriefState.WAITING and not each.sends]
