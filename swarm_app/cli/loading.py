"""How far loading is: said only when it takes longer than a person likes to wait unaware."""

import threading
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from swarm_app.cli import output
from swarm_app.contracts.step import Step

SILENT = 2.0  # seconds before the first word, and between words where there is no terminal


class Loading:
    """The ``progress`` callback of `Swarm.load`, `Swarm.ask` and `Swarm.research`.

    It speaks from a thread of its own: a single large file may take long, and nobody calls meanwhile.
    """

    def __init__(self) -> None:
        self._console = output.terminal()
        self._step: Step | None = None
        self._began = time.monotonic()  # what is being done now
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._tell, name="loading", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()
        if kind is KeyboardInterrupt:
            output.say("interrupted; nothing is half-loaded")

    def __call__(self, step: Step) -> None:
        """So far it is now."""
        if self._step is None or self._step.doing != step.doing:
            self._began = time.monotonic()
        self._step = step

    def _tell(self) -> None:
        if self._ended.wait(SILENT):
            return
        if self._console is None:
            self._say()
        else:
            self._draw(self._console)

    def _say(self) -> None:
        """A line at each interval."""
        while True:
            elapsed = time.monotonic() - self._began
            if (step := self._step) is not None and elapsed >= SILENT:
                output.say(line(step, elapsed))
            if self._ended.wait(SILENT):
                return

    def _draw(self, console: Console) -> None:
        """A bar for what is being done now."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, TextColumn("{task.fields[name]}"), console=console, transient=True) as bar:
            task = bar.add_task("", visible=False, name="")
            shown = ""
            while not self._ended.wait(0.1):
                if (step := self._step) is None:
                    continue
                if step.doing != shown:
                    shown = step.doing
                    bar.reset(task, description=shown, visible=True)
                bar.update(task, completed=step.done, total=step.total, name=step.name)


def line(step: Step, elapsed: float) -> str:
    """A step in words, `elapsed` seconds after it began."""
    words = f"{step.doing}: {step.done:,} of {step.total:,}, {estimate(elapsed, step.done, step.total)}"
    return f"{words}: {step.name}" if step.name else words


def estimate(elapsed: float, done: int, total: int) -> str:
    """The time left, at the pace so far, in words."""
    if done <= 0:
        return "time left unknown"
    if done >= total:
        return "nearly done"
    return f"about {elapsed / done * (total - done):.0f} s left"
