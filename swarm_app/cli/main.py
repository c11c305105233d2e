"""The entry point of ``swarm``: every command, under the heading it is listed by."""

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from swarm_app.cli import (
    ask,
    bench,
    bus,
    catalog,
    council,
    export,
    output,
    processes,
    research,
    runs,
    shards,
    show,
    stack,
    verify,
)
from swarm_app.cli import status as status_command
from swarm_app.cli.doctor.command import doctor
from swarm_app.cli.group import Door, Section

app = typer.Typer(
    cls=Door, rich_markup_mode=None, invoke_without_command=True, pretty_exceptions_enable=False
)
shard_app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
council_app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
bus_app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def swarm(
    ctx: typer.Context,
    debug: Annotated[
        bool, typer.Option("--debug", envvar="SWARM_DEBUG", help="Show where an error comes from.")
    ] = False,
    show_version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    """Research hard questions over document collections too big for one model.

    Persistent memory shards hold the documents; ephemeral workers each borrow a few lines, report one finding
    with line citations, and forget. Every citation is checked before you read it. It works with no key, no
    network and no server installed.

    \b
    Examples:
      swarm research "What changed, and why?" docs/
      swarm ask "Who approved it?" docs/
      swarm shard load history docs/history
      swarm research "What changed?" --shards history --out report.html
      swarm status

    \b
    Environment:
      SWARM_REDIS_URL   Redis or Valkey to use instead of the embedded server
      SWARM_NAMESPACE   prefix of every key and queue (default: swarm)
      SWARM_STATE_DIR   where the embedded server keeps its data
      NO_COLOR          no colour

    \b
    Exit status: 0 done; 1 the run failed or a verification did not hold, or the server went
    away for good meanwhile; 2 bad usage or bad input; 3 stopped, with a partial report; 130 interrupted.
    """
    ctx.obj = debug
    if show_version:
        output.write(f"swarm {version('swarm-app')}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        output.write(ctx.get_help())


app.command("research", rich_help_panel=Section.RESEARCH)(research.research)
app.command("ask", rich_help_panel=Section.RESEARCH)(ask.ask)

app.add_typer(
    council_app, name="council", rich_help_panel=Section.RESEARCH, help="Put anything to the guardians."
)
council_app.command("ask")(council.ask)

app.command("runs", rich_help_panel=Section.RUNS)(runs.runs)
app.command("show", rich_help_panel=Section.RUNS)(show.show)
app.command("watch", rich_help_panel=Section.RUNS)(runs.watch)
app.command("resume", rich_help_panel=Section.RUNS)(runs.resume)
app.command("cancel", rich_help_panel=Section.RUNS)(runs.cancel)
app.command("verify", rich_help_panel=Section.RUNS)(verify.verify)
app.command("export", rich_help_panel=Section.RUNS)(export.export)

app.add_typer(
    bus_app,
    name="bus",
    rich_help_panel=Section.RUNS,
    help="Everything that happens as JSON Lines, out and in.",
)
bus_app.command("tail")(bus.tail)
bus_app.command("post")(bus.post)

app.add_typer(
    shard_app, name="shard", rich_help_panel=Section.MEMORY, help="Serve, load, list and drop memory shards."
)
shard_app.command("serve")(shards.serve)
shard_app.command("load")(shards.load)
shard_app.command("list")(shards.show_all)
shard_app.command("drop")(shards.drop)

app.command("up", rich_help_panel=Section.STACK)(stack.up)
app.command("down", rich_help_panel=Section.STACK)(stack.down)
app.command("status", rich_help_panel=Section.STACK)(status_command.status)
app.command("doctor", rich_help_panel=Section.STACK)(doctor)
app.command("worker", rich_help_panel=Section.STACK, context_settings=processes.PASSED_ON)(processes.worker)
app.command("flower", rich_help_panel=Section.STACK, context_settings=processes.PASSED_ON)(processes.flower)

app.command("plans", rich_help_panel=Section.CHOICES)(catalog.plans)
app.command("engines", rich_help_panel=Section.CHOICES)(catalog.engines)

app.command("bench", rich_help_panel=Section.FIGURES, context_settings=bench.OPTIONS)(bench.bench)


def main() -> None:
    """Run the command line."""
    try:
        app(prog_name="swarm")
    except OSError as error:  # of the help alone: what commands raise is said by then
        output.say(f"swarm: {output.unwritable(error)}")
        sys.exit(1)
    finally:
        output.settle()


if __name__ == "__main__":
    main()
