import io

from rich.console import Console

from swarm_app.cli.live import BUSY_SHOWN, draw
from swarm_app.cli.scene import Scene
from tests.unit.cli.events import told


def picture(scene: Scene, now: float = 1_009.0) -> str:
    console = Console(file=io.StringIO(), width=100, color_system=None)
    with console.capture() as captured:
        console.print(draw(scene, now))
    return captured.get()


def scene(count: int) -> Scene:
    made = Scene()
    for event in told(count):
        made.apply(event)
    return made


def test_the_display_shows_passes_workers_findings_and_elapsed_time() -> None:
    shown = picture(scene(6))
    assert "How long?" in shown
    assert "1 Signal Capture" in shown
    assert "1/2" in shown
    assert "1.2 who decides" in shown
    assert "1.1 claim 0.85 docs/policy.md:2-2 Thirty days." in shown
    assert "9 s" in shown


def test_the_clock_stops_when_the_run_has_ended() -> None:
    assert "8 s" in picture(scene(9), now=5_000.0)


def test_workers_beyond_those_in_sight_are_counted() -> None:
    crowded = scene(3)
    crowded.busy = {(1, number): "an angle" for number in range(BUSY_SHOWN + 4)}
    assert "and 4 more" in picture(crowded)


def test_a_display_can_be_drawn_before_anything_has_happened() -> None:
    assert "0 s" in picture(Scene())


def test_markup_in_a_summary_stands_as_text() -> None:
    seen = scene(3)
    event = told()[5]
    seen.apply(event.model_copy(update={"data": {**event.data, "summary": "[red]not red[/red]"}}))
    assert "[red]not red[/red]" in picture(seen)
