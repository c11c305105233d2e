"""Follow a run to its end: a live display on a terminal, plain lines elsewhere."""

from collections.abc import Iterable

from swarm_app.cli import output
from swarm_app.cli.lines import line
from swarm_app.cli.live import Display
from swarm_app.cli.watchman import Watchman
from swarm_app.client import RunHandle
from swarm_app.contracts.run import Event
from swarm_app.errors import ServerAway


def follow(handle: RunHandle) -> None:
    """Show a run on standard error until it ends, and what troubles its server meanwhile."""
    with Watchman(handle.troubles):
        _show(handle.events())


def _show(events: Iterable[Event]) -> None:
    console = output.terminal()
    if console is None:
        for event in events:
            _say(event)
        return
    with Display(console) as display:
        for event in events:
            display.show(event)


def see_through(handle: RunHandle) -> None:
    """Show a run to its end. Ctrl-C stops the run, says how to resume it, and ends the command."""
    try:
        follow(handle)
    except KeyboardInterrupt:
        _interrupt(handle)
        raise


def _interrupt(handle: RunHandle) -> None:
    try:
        handle.interrupt()
    except ServerAway:
        output.say(f"the server is away, so the run goes on; end it with: swarm cancel {handle.run_id}")
    else:
        output.say(f"interrupted; continue with: swarm resume {handle.run_id}")


def _say(event: Event) -> None:
    words = line(event)
    if words is not None:
        output.say(words)
