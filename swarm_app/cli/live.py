"""The live display: passes with their bars, what workers look into, findings as they arrive."""

import time

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from swarm_app.cli.scene import FindingView, PassView, Scene
from swarm_app.contracts.run import Event

BUSY_SHOWN = 4  # workers whose angles are in sight
_KIND_STYLE = {"failed": "red", "gap": "dim", "contradiction": "yellow"}


class Display:
    """Draws a `Scene` on a terminal, four times a second."""

    def __init__(self, console: Console) -> None:
        self.scene = Scene()
        self._live = Live(console=console, get_renderable=self._draw, refresh_per_second=4)

    def __enter__(self) -> "Display":
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def show(self, event: Event) -> None:
        """Take one event in."""
        self.scene.apply(event)

    def _draw(self) -> RenderableType:
        return draw(self.scene, time.time())


def draw(scene: Scene, now: float) -> RenderableType:
    """The scene as it looks at ``now`` (Unix seconds)."""
    parts: list[RenderableType] = [_heading(scene, now), _passes(scene)]
    if scene.busy:
        parts.append(_busy(scene))
    if scene.latest:
        parts.append(_findings(scene))
    return Group(*parts)


def _heading(scene: Scene, now: float) -> Text:
    until = scene.now_at if scene.outcome else now
    elapsed = max(0.0, (until or now) - (scene.began_at or now))
    standing = scene.outcome or f"{len(scene.busy)} workers busy"
    return Text.assemble(
        (scene.question, "bold"),
        (f"\n{scene.plan} · {scene.engine} · {scene.findings} findings · {standing} · ", "dim"),
        (f"{elapsed:.0f} s", "cyan"),
    )


def _passes(scene: Scene) -> Table:
    table = Table.grid(padding=(0, 1))
    for _ in range(3):
        table.add_column(no_wrap=True)
    table.add_column(overflow="ellipsis", no_wrap=True, ratio=1)
    for view in scene.passes.values():
        table.add_row(
            Text(f"{view.number} {view.name}", style=_style(view)), _bar(view), _count(view), _note(view)
        )
    return table


def _bar(view: PassView) -> ProgressBar:
    return ProgressBar(total=max(1, view.workers), completed=view.reported + view.failed, width=16)


def _count(view: PassView) -> Text:
    failed = f" ({view.failed} failed)" if view.failed else ""
    return Text(f"{view.reported}/{view.workers}{failed}", style="red" if view.failed else "")


def _note(view: PassView) -> Text:
    seconds = f"{view.seconds:.1f} s " if view.seconds is not None else ""
    return Text(f"{seconds}{view.summary}", style="dim")


def _style(view: PassView) -> str:
    if view.opened_at is None:
        return "dim"
    return "green" if view.seconds is not None else "bold"


def _busy(scene: Scene) -> Text:
    angles = [f"\n  {number}.{worker} {angle}" for (number, worker), angle in list(scene.busy.items())]
    more = f"\n  and {len(angles) - BUSY_SHOWN} more" if len(angles) > BUSY_SHOWN else ""
    return Text(f"looking into{''.join(angles[:BUSY_SHOWN])}{more}", no_wrap=True, overflow="ellipsis")


def _findings(scene: Scene) -> Group:
    return Group(Text("found"), *(_finding(view) for view in list(scene.latest)))


def _finding(view: FindingView) -> Text:
    return Text.assemble(
        f"  {view.pass_number}.{view.number} ",
        (f"{view.kind} {view.confidence:.2f} ", _KIND_STYLE.get(view.kind, "green")),
        (f"{view.source} " if view.source else "", "cyan"),
        view.summary,
        no_wrap=True,
        overflow="ellipsis",
    )
