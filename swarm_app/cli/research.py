"""``swarm research``: the main job."""

from typing import Annotated

import typer

from swarm_app.cli import budgets, outfile, output
from swarm_app.cli.deliver import deliver, leave
from swarm_app.cli.duration import seconds
from swarm_app.cli.follow import see_through
from swarm_app.cli.loading import Loading
from swarm_app.cli.options import (
    BudgetTokens,
    BudgetUsd,
    Json,
    Out,
    Paths,
    PolicyName,
    Question,
    Shards,
    SynthesisEngine,
    names,
)
from swarm_app.client import RunHandle, Swarm
from swarm_app.contracts.insights import Peers


def research(
    question: Question,
    paths: Paths = None,
    *,
    shards: Shards = "",
    plan: Annotated[
        str,
        typer.Option("--plan", metavar="NAME|FILE", help="A plan's name, or a TOML file."),
    ] = "gedimat",
    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            metavar="NAME",
            help="Who does the briefs: an engine, or ACCOUNT:MODEL; several, by commas, share them.",
        ),
    ] = "extractive",
    policy: PolicyName = "",
    synthesis_engine: SynthesisEngine = "",
    deadline: Annotated[
        str | None,
        typer.Option("--deadline", metavar="TIME", help="Stop after TIME (90s, 10m, 1h30m), with a report."),
    ] = None,
    max_briefs: Annotated[
        int | None,
        typer.Option("--max-briefs", metavar="N", min=1, help="Stop after N executed briefs, with a report."),
    ] = None,
    elsewhere: Annotated[
        bool,
        typer.Option(
            "--elsewhere", help="Let a brief that lacks context be helped from shards that are not named."
        ),
    ] = False,
    budget_usd: BudgetUsd = None,
    budget_tokens: BudgetTokens = None,
    insights: Annotated[
        Peers,
        typer.Option(
            "--insights", help="Whose findings the briefs begin with: the run's own, all runs', or nobody's."
        ),
    ] = Peers.RUN,
    out: Out = None,
    as_json: Json = False,
    detach: Annotated[
        bool, typer.Option("--detach", help="Print the run's id and leave it running.")
    ] = False,
) -> None:
    """Research a question and print a report with checked citations.

    The paths are loaded into as many shards as they need; the plan's passes then run one after another, each
    with its workers side by side. What is missing on this machine (server, shards, workers) is started, and
    ends by itself when nobody uses it any more. The run goes on when this terminal closes; Ctrl-C stops it
    and prints the command that resumes it. A server that is away meanwhile is waited for, a minute at most.

    \b
    Examples:
      swarm research "What changed between the two drafts?" drafts/
      swarm research "Who approved the budget?" --shards minutes,mail
      swarm research "How are retries limited?" src/ --plan quick --out retries.html
      swarm research "What is open?" notes/ --json | jq -r .report.markdown
      swarm research "What is open?" notes/ --deadline 10m
      swarm research "What is open?" notes/ --engine anthropic:claude-opus-4-5 --budget-usd 2
      swarm research "What is open?" notes/ --engine openai:gpt-5-mini,local:qwen \\
          --budget-usd openai:gpt-5-mini=1
      swarm research "What is open?" notes/ --insights all
      swarm research "What is open?" notes/ --engine openai:gpt-5-mini,google:gemini-2.5-pro \\
          --policy cheapest --synthesis-engine strongest
      swarm research "What is open?" notes/ --detach

    \b
    Exit status:
      0    the run is done
      1    the run failed or was cancelled, every brief of it failed, or its server stayed away
      2    bad usage or bad input
      3    the run was stopped and the report is partial
      130  interrupted
    """
    outfile.check(out)
    limit = None if deadline is None else seconds(deadline)
    usd, most = budgets.dollars(budget_usd), budgets.tokens(budget_tokens)
    with Swarm(on_status=output.say) as swarm:
        with Loading() as loading:
            handle = swarm.research(
                question,
                paths or (),
                shards=names(shards),
                plan=plan,
                engine=engine,
                policy=policy,
                synthesis_engine=synthesis_engine,
                deadline=limit,
                max_briefs=max_briefs,
                elsewhere=elsewhere,
                budget_usd=usd.get(""),
                budget_tokens=most.get(""),
                engine_budgets=budgets.by_engine(usd, most),
                insights=insights,
                progress=loading,
            )
        _say_estimate(handle)
        if detach:
            _leave_running(handle, as_json=as_json)
            return
        see_through(handle)
        report = handle.report()
    deliver(report, out=out, as_json=as_json)
    leave(report)


def _say_estimate(handle: RunHandle) -> None:
    if expected := handle.run.estimate:
        unknown = f", and no price is known for {', '.join(expected.unpriced)}" if expected.unpriced else ""
        output.say(f"estimate: {expected.tokens:,} tokens of models, ${expected.cost_usd:.2f}{unknown}")


def _leave_running(handle: RunHandle, *, as_json: bool) -> None:
    if as_json:
        output.write_json({"run_id": handle.run_id})
    else:
        output.write(handle.run_id)
    output.say(f"the run goes on; see it with: swarm watch {handle.run_id}")
