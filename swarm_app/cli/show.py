"""``swarm show``: a run's report, as it stands now."""

from typing import Annotated

import typer

from swarm_app.cli import outfile, output
from swarm_app.cli.deliver import deliver
from swarm_app.cli.options import Json, Out, RunId
from swarm_app.cli.receipt import write_receipt
from swarm_app.client import Swarm
from swarm_app.contracts.run import Report
from swarm_app.errors import UnknownError
from swarm_app.evidence import parse_source
from swarm_app.settings import current
from swarm_app.store.store import Store


def show(
    run_id: RunId,
    as_json: Json = False,
    out: Out = None,
    lines: Annotated[
        str,
        typer.Option(
            "--lines", metavar="PATH:START-END", help="Print these lines of a cited document instead."
        ),
    ] = "",
    receipt: Annotated[
        bool, typer.Option("--receipt", help="Of a finding: print what its model was asked and handed in.")
    ] = False,
) -> None:
    """Print a run's report as it stands now.

    A run that is not done has a partial report, which says so.

    With --lines it prints lines of a document that the run cites, as the run read them: of a PDF, the lines
    of its extracted text. With --receipt, RUN is a finding's id.

    \b
    Examples:
      swarm show run_5f2c
      swarm show run_5f2c --out report.html
      swarm show run_5f2c --json | jq '.findings[] | select(.kind == "contradiction")'
      swarm show run_5f2c --lines contract.pdf:120-140
      swarm show finding_5f2c_1_3 --receipt
    """
    outfile.check(out)
    with Swarm(on_status=output.say) as swarm:
        if receipt:
            write_receipt(*swarm.receipt(run_id), as_json=as_json)
            return
        report = swarm.run(run_id).report()
        if lines:
            _print_lines(report, lines)
            return
    deliver(report, out=out, as_json=as_json)


def _print_lines(report: Report, source: str) -> None:
    path, start, end = parse_source(source)
    store = Store(current())
    found = store.documents.lines(_version(report, path), start, end)
    store.close()
    if found is None:
        raise UnknownError(f"{path} has no line {start} in the version that {report.run_id} read.")
    for number, line in enumerate(found, start=start):
        output.write(f"{number:>6}  {line.rstrip()}")


def _version(report: Report, path: str) -> str:
    """The sha256 of the version of ``path`` that the run cites."""
    cited = [citation for finding in report.findings for citation in finding.citations]
    cited += [citation for insight in report.insights for citation in insight.citations]
    for citation in cited:
        if citation.path == path and citation.sha256:
            return citation.sha256
    raise UnknownError(
        f"{report.run_id} cites no document {path!r}. `swarm show {report.run_id}` lists its sources."
    )
