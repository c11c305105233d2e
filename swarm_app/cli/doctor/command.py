"""``swarm doctor``: what is wrong, and how to mend it."""

from collections.abc import Iterator

import typer

from swarm_app.cli import output
from swarm_app.cli.doctor.check import Check, Level
from swarm_app.cli.doctor.engines import engines
from swarm_app.cli.doctor.machine import machine
from swarm_app.cli.doctor.server import server
from swarm_app.settings import Settings, current


def doctor() -> None:
    """Say what is wrong, and how to mend it.

    Checks this machine, the server, and with one token each the models that a key is at hand for; each line
    says ok, warn or fail. Starts nothing. Ends with status 1 if something fails.

    \b
    Example:
      swarm doctor
    """
    failed = False
    for check in _checks(current()):
        _print(check)
        failed = failed or check.level is Level.FAIL
    raise typer.Exit(1 if failed else 0)


def _checks(settings: Settings) -> Iterator[Check]:
    yield from machine(settings)
    yield from server(settings)
    yield from engines(settings)


def _print(check: Check) -> None:
    output.write(f"{check.level:<5} {check.name}: {check.detail}")
    if check.mend:
        output.write(f"      {check.mend}")
