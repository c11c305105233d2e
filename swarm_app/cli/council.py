"""``swarm council``: put anything to the guardians."""

from pathlib import Path
from typing import Annotated, Any

import typer

from swarm_app.cli import infile, output
from swarm_app.cli.follow import see_through
from swarm_app.cli.loading import Loading
from swarm_app.cli.options import Json, Paths, Shards, names
from swarm_app.client import RunHandle, Swarm
from swarm_app.contracts.run import Council, Report
from swarm_app.errors import RunFailed

_SILENT = Council(outcome="undecided", reason="nobody voted")


def ask(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Text or JSON; - for standard input.")],
    paths: Paths = None,
    *,
    shards: Shards = "",
    plan: Annotated[
        str, typer.Option("--plan", metavar="NAME|FILE", help="The plan whose council it is.")
    ] = "gedimat",
    engine: Annotated[str, typer.Option("--engine", metavar="NAME", help="Who votes.")] = "extractive",
    as_json: Json = False,
) -> None:
    """Put a draft, a question or a decision to the council, and print its votes.

    It is checked against the shards, or against the paths. Text is cut into sentences; "handbook.md:4" in a
    sentence is its source, and words in quotation marks beside it are looked for there. JSON has a question
    and claims, each a text or an object with statement and sources; the JSON of `swarm show` will do.

    \b
    Examples:
      swarm council ask decision.md --shards minutes
      swarm council ask draft.json docs/ --plan guardians
      swarm show run_5f2c --json | swarm council ask - --shards minutes --json

    \b
    Exit status: 0 approved or undecided; 1 rejected.
    """
    text = infile.read(file)
    with Swarm(on_status=output.say) as swarm:
        with Loading() as loading:
            handle = swarm.council(
                text, paths or (), shards=names(shards), plan=plan, engine=engine, progress=loading
            )
        see_through(handle)
        told = _told(handle, handle.report())
    if as_json:
        output.write_json(told)
    else:
        _print(told)
    raise typer.Exit(1 if told["outcome"] == "rejected" else 0)


def _told(handle: RunHandle, report: Report) -> dict[str, Any]:
    """The council's votes beside what is known of each guardian, and what they judged."""
    if any(each.failed for each in report.passes) and report.council is None:
        raise RunFailed(f"No guardian of {report.run_id} could vote: {report.findings[0].summary}")
    seats = {guardian.name: guardian.model_dump(mode="json") for guardian in handle.run.plan.guardians}
    said = (report.council or _SILENT).model_dump(mode="json")
    return {
        "run_id": report.run_id,
        "question": report.question,
        **said,
        "votes": [seats[vote["guardian"]] | vote for vote in said["votes"]],
        "claims": [
            claim.model_dump(mode="json", include={"statement", "citations"}) for claim in handle.run.draft
        ],
    }


def _print(told: dict[str, Any]) -> None:
    rows = [
        (vote["guardian"], vote["duty"], vote["vote"], f"{vote['confidence']:.2f}", vote["reason"])
        for vote in told["votes"]
    ]
    output.write_table(("guardian", "duty", "vote", "sure", "reason"), rows)
    output.write(f"\n{told['outcome']}: {told['reason']}")
