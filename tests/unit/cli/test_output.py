import io

from rich.console import Console
from rich.live import Live

from swarm_app.cli import output


def test_a_line_is_said_above_a_live_display_and_not_into_it() -> None:
    screen = io.StringIO()
    with Live("bar", console=Console(file=screen, force_terminal=True, width=80)):
        output.say("run_1 is queued")
    lines = screen.getvalue().splitlines()
    assert any(line.endswith("run_1 is queued") and "bar" not in line for line in lines), lines
