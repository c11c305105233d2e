"""What is to be seen of a run, gathered from its events."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from swarm_app.contracts.run import Event

LATEST = 4  # findings that stay in sight


@dataclass
class PassView:
    """One pass: how many of its workers have reported, and what it concluded."""

    number: int
    name: str
    workers: int
    reported: int = 0
    failed: int = 0
    opened_at: float | None = None
    seconds: float | None = None
    summary: str = ""


@dataclass(frozen=True)
class FindingView:
    """One finding in a line."""

    pass_number: int
    number: int
    kind: str
    summary: str
    confidence: float
    source: str


@dataclass
class Scene:
    """The state of the display. `apply` alone changes it."""

    question: str = ""
    plan: str = ""
    engine: str = ""
    began_at: float | None = None
    now_at: float | None = None
    outcome: str = ""
    findings: int = 0
    passes: dict[int, PassView] = field(default_factory=dict)
    busy: dict[tuple[int, int], str] = field(default_factory=dict)  # (pass, worker's number) -> angle
    latest: deque[FindingView] = field(default_factory=lambda: deque(maxlen=LATEST))

    def apply(self, event: Event) -> None:
        """Take one event in; kinds that show nothing are passed over."""
        self.now_at = event.at
        self.began_at = self.began_at or event.at
        handler = _HANDLERS.get(event.type)
        if handler is not None:
            handler(self, event)

    def close(self, event: Event) -> None:
        """The run has ended, in the state that the event's type names."""
        reason = event.data.get("reason")
        state = event.type.removeprefix("run.")
        self.outcome = f"{state}: {reason}" if reason else state
        self.busy.clear()


def _queued(scene: Scene, event: Event) -> None:
    scene.question = event.data["question"]
    scene.plan, scene.engine = event.data["plan"], event.data["engine"]
    for number, spec in enumerate(event.data["passes"], start=1):
        scene.passes[number] = PassView(number, spec["name"], spec["workers"])


def _started(scene: Scene, _: Event) -> None:
    scene.outcome = ""


def _opened(scene: Scene, event: Event) -> None:
    number = event.data["pass"]
    view = scene.passes.setdefault(number, PassView(number, event.data["name"], 0))
    view.workers, view.opened_at = event.data["workers"], event.at


def _claimed(scene: Scene, event: Event) -> None:
    scene.busy[_brief(event.data)] = event.data["angle"]


def _left(scene: Scene, event: Event) -> None:
    scene.busy.pop(_brief(event.data), None)


def _reported(scene: Scene, event: Event) -> None:
    data = event.data
    scene.busy.pop(_brief(data), None)
    if _is_writing(data):
        return
    scene.findings += 1
    scene.passes[data["pass"]].reported += 1
    scene.latest.append(
        FindingView(
            pass_number=data["pass"],
            number=data["number"],
            kind=data["kind"],
            summary=data["summary"],
            confidence=data["confidence"],
            source=data.get("source") or "",
        )
    )


def _failed(scene: Scene, event: Event) -> None:
    data = event.data
    scene.busy.pop(_brief(data), None)
    if _is_writing(data):
        return
    scene.passes[data["pass"]].failed += 1
    scene.latest.append(FindingView(data["pass"], data["number"], "failed", data["reason"], 0.0, ""))


def _synthesised(scene: Scene, event: Event) -> None:
    view = scene.passes[event.data["pass"]]
    view.seconds, view.summary = event.data["seconds"], event.data["summary"]


def _reopened(scene: Scene, event: Event) -> None:
    view = scene.passes[event.data["pass"]]
    view.seconds, view.summary = None, ""


def _is_writing(data: dict[str, Any]) -> bool:
    """Whether it is about what a pass came to, and so no worker's."""
    return bool(data["number"] == 0)


def _brief(data: dict[str, Any]) -> tuple[int, int]:
    return data["pass"], data["number"]


_HANDLERS: dict[str, Callable[[Scene, Event], None]] = {
    "run.queued": _queued,
    "run.started": _started,
    "pass.opened": _opened,
    "brief.claimed": _claimed,
    "brief.resumed": _claimed,
    "brief.blocked": _left,
    "brief.lost": _left,
    "brief.returned": _left,
    "brief.late": _left,
    "brief.reported": _reported,
    "brief.failed": _failed,
    "pass.synthesised": _synthesised,
    "pass.reopened": _reopened,
    "run.done": Scene.close,
    "run.stopped": Scene.close,
    "run.failed": Scene.close,
    "run.cancelled": Scene.close,
}
