"""The home shard's tasks: start a run, synthesise a pass, and drive the run on. Every step is idempotent."""

from typing import Any

from celery import Task
from celery.canvas import Signature
from celery.utils.log import get_task_logger

from shard.planner import Holding, plan_pass
from shard.synthesis import synthesise as conclude
from swarm_app import queues
from swarm_app.aliases import Aliases
from swarm_app.celery import app
from swarm_app.contracts.ids import brief_id, synthesis_id
from swarm_app.contracts.research import Brief, Synthesis
from swarm_app.contracts.run import BriefState, Run, RunState
from swarm_app.errors import ServerError
from swarm_app.evidence import gate_draft
from tasks.chords import launch
from tasks.process import store

logger = get_task_logger(__name__)


class RunTask(Task):
    """A step of a run: waits out the server, and fails the run with its reason when it cannot go on."""

    autoretry_for = (ServerError,)
    max_retries = None
    retry_backoff = True
    retry_backoff_max = 10
    ignore_result = True

    def on_failure(self, exc: Exception, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        """Move the run to `failed`: nobody is left to drive it."""
        reason = f"{self.name} failed: {type(exc).__name__}: {exc}"
        store().runs.move(args[0], {RunState.QUEUED, RunState.RUNNING}, RunState.FAILED, reason=reason)


@app.task(base=RunTask, name=queues.TASK_START)
def start(run_id: str) -> None:
    """Start a run, or drive on one that is under way."""
    store().runs.move(run_id, {RunState.QUEUED}, RunState.RUNNING)
    drive(run_id)


@app.task(base=RunTask, name=queues.TASK_SYNTHESISE)
def synthesise(run_id: str, number: int) -> None:
    """Conclude a pass once all of its briefs are reported, and drive the run on."""
    run = store().runs.get(run_id)
    if store().runs.synthesis(run_id, number) is None and not _missing(run, number):
        store().runs.close_pass(_conclude(run, number))
    drive(run_id)


def drive(run_id: str) -> None:
    """Do whatever the run's state says comes next; what is stored is never done again."""
    if store().runs.progress(run_id).state is not RunState.RUNNING:
        return
    run, earlier = store().runs.get(run_id), store().runs.syntheses(run_id)
    number = len(earlier) + 1
    if number > len(run.plan.passes):
        store().runs.move(run_id, {RunState.RUNNING}, RunState.DONE)
        return
    if not _briefs(run, number):
        _open(run, number, earlier)
    _send(run, number)


def _open(run: Run, number: int, earlier: list[Synthesis]) -> None:
    briefs = plan_pass(run, number, earlier, _holdings(run))
    store().briefs.put(briefs)
    store().runs.open_pass(run.run_id, number, run.plan.passes[number - 1], len(briefs))


def _holdings(run: Run) -> list[Holding]:
    """What the run's shards hold, under the run's names."""
    aliases = Aliases(run.aliases)
    return [
        Holding(shard, part.model_copy(update={"path": aliases.path(shard, part.path)}))
        for shard in run.shards
        for part in store().shards.parts(shard)
    ]


def _send(run: Run, number: int) -> None:
    """Send the pass's briefs that are not reported; none of them twice while a lease runs on it."""
    launch([_header(brief) for brief in _missing(run, number)], _body(run, number))


def _header(brief: Brief) -> Signature:
    shown = f"{brief.number} of {brief.of}: {brief.angle}"
    return app.signature(
        queues.TASK_RESEARCH,
        args=(brief.brief_id,),
        task_id=brief.brief_id,
        queue=brief.queue,
        priority=queues.PRIORITY_BRIEF,
        shadow=brief.pass_name,
        argsrepr=shown,
        kwargsrepr=brief.run_id,
        ignore_result=True,
    )


def _body(run: Run, number: int) -> Signature:
    name = run.plan.passes[number - 1].name
    return app.signature(
        queues.TASK_SYNTHESISE,
        args=(run.run_id, number),
        immutable=True,
        task_id=synthesis_id(run.run_id, number),
        queue=queues.shard_queue(run.home),
        priority=queues.PRIORITY_DRIVE,
        shadow=f"Synthesis: {name}",
        argsrepr=f"pass {number} of {len(run.plan.passes)}: {run.question}",
        kwargsrepr=run.run_id,
        ignore_result=True,
    )


def _briefs(run: Run, number: int) -> list[Brief]:
    workers = run.plan.passes[number - 1].workers
    return store().briefs.get([brief_id(run.run_id, number, place) for place in range(1, workers + 1)])


def _missing(run: Run, number: int) -> list[Brief]:
    briefs = _briefs(run, number)
    states = store().briefs.states([brief.brief_id for brief in briefs])
    return [brief for brief, state in zip(briefs, states, strict=True) if state is not BriefState.REPORTED]


def _conclude(run: Run, number: int) -> Synthesis:
    findings = [finding for finding in store().runs.findings(run.run_id) if finding.pass_number == number]
    rechecked = [gate_draft(finding, store().documents)[0] for finding in findings]
    return conclude(run, number, _briefs(run, number), rechecked, store().runs.syntheses(run.run_id))
