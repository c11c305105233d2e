"""The runs that Redis remembers: list them, watch, resume and cancel one."""

import time
from typing import Annotated

import typer

from swarm_app.cli import budgets, outfile, output
from swarm_app.cli.deliver import deliver, leave
from swarm_app.cli.follow import follow, see_through
from swarm_app.cli.options import BudgetTokens, BudgetUsd, Json, Out, RunId
from swarm_app.client import Swarm
from swarm_app.contracts.run import Progress, Run


def runs(
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, max=1000, help="Runs to list.")] = 50,
    offset: Annotated[int, typer.Option("--offset", metavar="N", min=0, help="Runs to pass over.")] = 0,
    as_json: Json = False,
) -> None:
    """List the runs that are remembered, the latest first.

    \b
    Examples:
      swarm runs
      swarm runs --limit 20 --offset 20
      swarm runs --json | jq -r '.runs[] | select(.state == "stopped") | .run_id'
    """
    with Swarm(on_status=output.say) as swarm:
        found = swarm.runs(limit=limit, offset=offset)
    if as_json:
        output.write_json({"runs": [_plain(run, progress) for run, progress in found]})
    elif found:
        headings = ("run", "state", "pass", "plan", "queued", "question")
        output.write_table(headings, [_row(run, progress) for run, progress in found])
    elif offset:
        output.say(f"No run is left after the first {offset:,}.")
    else:
        output.say("No run is remembered. `swarm research QUESTION PATH` starts one.")


def watch(run_id: RunId) -> None:
    """Watch a run to its end.

    What happened so far is shown first. Ctrl-C leaves the run going on. A server that is away meanwhile is
    waited for, a minute at most; then the command ends with status 1.

    \b
    Example:
      swarm watch run_5f2c
    """
    with Swarm(on_status=output.say) as swarm:
        handle = swarm.run(run_id)
        try:
            follow(handle)
        except KeyboardInterrupt:
            output.say(f"the run goes on; see it again with: swarm watch {handle.run_id}")
            raise
        report = handle.report()
    leave(report)


def resume(
    run_id: RunId,
    budget_usd: BudgetUsd = None,
    budget_tokens: BudgetTokens = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Resume a run that did not finish, and print its report.

    It was interrupted, stopped, or failed. What is stored is not done again. One that reached its deadline,
    its cap on briefs or its budgets may use as much again; a budget given here takes the place of the run's,
    and what was spent before counts.

    \b
    Example:
      swarm resume run_5f2c
    """
    outfile.check(out)
    usd, most = budgets.dollars(budget_usd), budgets.tokens(budget_tokens)
    with Swarm(on_status=output.say) as swarm:
        handle = swarm.resume(
            run_id,
            budget_usd=usd.get(""),
            budget_tokens=most.get(""),
            engine_budgets=budgets.by_engine(usd, most),
        )
        see_through(handle)
        report = handle.report()
    deliver(report, out=out, as_json=as_json)
    leave(report)


def cancel(run_id: RunId) -> None:
    """Cancel a run. What it found so far stays, and `swarm show` prints it.

    \b
    Example:
      swarm cancel run_5f2c
    """
    with Swarm(on_status=output.say) as swarm:
        handle = swarm.run(run_id)
        handle.cancel()
        output.say(f"{handle.run_id} is {handle.progress().state}")


def _plain(run: Run, progress: Progress) -> dict[str, object]:
    return {
        "run_id": run.run_id,
        "question": run.question,
        "state": progress.state.value,
        "stop_reason": progress.stop_reason,
        "plan": run.plan.name,
        "engine": run.engine,
        "shards": list(run.shards),
        "pass": progress.pass_number,
        "passes": len(run.plan.passes),
        "queued_at": run.queued_at,
        "started_at": progress.started_at,
        "ended_at": progress.ended_at,
    }


def _row(run: Run, progress: Progress) -> tuple[object, ...]:
    queued = time.strftime("%Y-%m-%d %H:%M", time.localtime(run.queued_at))
    passes = f"{progress.pass_number}/{len(run.plan.passes)}"
    return run.run_id, progress.state, passes, run.plan.name, queued, run.question
