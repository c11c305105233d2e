"""Hand over a report, and end with the status that its run deserves."""

from pathlib import Path

import typer

from swarm_app.cli import outfile, output
from swarm_app.contracts.research import Kind
from swarm_app.contracts.run import Report, RunState
from swarm_app.errors import OutputError
from swarm_app.report.data import to_json

_STATUS = {
    RunState.DONE: 0,
    RunState.STOPPED: 3,
    RunState.FAILED: 1,
    RunState.CANCELLED: 1,
}


def deliver(report: Report, *, out: Path | None, as_json: bool) -> None:
    """Print the report, or write it to ``out`` and say so; both if JSON was asked for too."""
    if out is not None:
        outfile.write(out, report)
        output.say(f"report written to {out}")
    try:
        if as_json:
            output.write_json(to_json(report))
        elif out is None:
            output.write_markdown(report.markdown)
    except OutputError as error:
        raise OutputError(f"{error} The run is stored: `swarm show {report.run_id}` prints it.") from None


def leave(report: Report) -> None:
    """End the command with the run's status: 0 done, 1 failed or cancelled, 3 stopped, the report partial.

    A run that is done, and no brief of it was, has failed whoever asked.
    """
    status = _STATUS.get(report.state, 0)
    if not status and report.findings and all(finding.kind is Kind.FAILED for finding in report.findings):
        output.say(f"swarm: every brief of {report.run_id} failed; the report says why")
        raise typer.Exit(1)
    if status:
        reason = f": {report.stop_reason}" if report.stop_reason else ""
        output.say(f"swarm: {report.run_id} is {report.state.value}{reason}")
    raise typer.Exit(status)
