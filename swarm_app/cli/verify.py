"""``swarm verify``: check a stored run again."""

import typer

from swarm_app.cli import output
from swarm_app.cli.options import Json, RunId
from swarm_app.client import Swarm
from swarm_app.contracts.documents import Verdict
from swarm_app.contracts.run import Verification

_TELLING = {Verdict.STALE, Verdict.INVALID}


def verify(run_id: RunId, as_json: Json = False) -> None:
    """Check every citation of a run again.

    Each is checked against the stored lines and against today's files. A citation is stale when its file
    has changed or gone since, invalid when its words do not stand where it says, unchecked when it quotes
    nothing. Ends with status 1 if any is stale or invalid.

    \b
    Examples:
      swarm verify run_5f2c
      swarm verify run_5f2c --json | jq .stale
    """
    with Swarm(on_status=output.say) as swarm:
        verification = swarm.run(run_id).verify()
    if as_json:
        citations = [each.model_dump(mode="json", exclude_none=True) for each in verification.citations]
        output.write_json({**verification.model_dump(mode="json"), "citations": citations})
    else:
        _print(verification)
    raise typer.Exit(0 if verification.holds else 1)


def _print(verification: Verification) -> None:
    for citation in verification.citations:
        if citation.verdict in _TELLING:
            output.write(f"{citation.verdict:<8} {citation.source}")
    output.write(
        f"{verification.checked} citations checked: {verification.verified} verified, "
        f"{verification.stale} stale, {verification.invalid} invalid, {verification.unchecked} unchecked"
    )
