"""How far loading is: said only when it takes longer than a person likes to wait unaware."""

import time
from types import TracebackType
from typing import Self

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from swarm_app.cli import output

SILENT = 2.0  # seconds before the first word, and between words where there is no terminal


class Loading:
    """The ``progress`` callback of `Swarm.load`, `Swarm.ask` and `Swarm.research`."""

    def __init__(self) -> None:
        self._began = self._said = time.monotonic()
        self._console = output.terminal()
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def __call__(self, done: int, total: int, path: str) -> None:
        """``done`` of ``total`` files are read, ``path`` is next."""
        now = time.monotonic()
        if now - self._began < SILENT:
            return
        if self._console is not None:
            self._show(done, total, path)
        elif now - self._said >= SILENT:
            self._said = now
            output.say(
                f"reading {done:,} of {total:,} files, {estimate(now - self._began, done, total)}: {path}"
            )

    def _show(self, done: int, total: int, path: str) -> None:
        if self._bar is None:
            columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._bar = Progress(
                *columns, TextColumn("{task.fields[path]}"), console=self._console, transient=True
            )
            self._bar.add_task("reading", total=total, path=path)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], completed=done, total=total, path=path)
        if done >= total:
            self._stop()

    def _stop(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def estimate(elapsed: float, done: int, total: int) -> str:
    """The time left, at the pace so far, in words."""
    if done <= 0:
        return "time left unknown"
    return f"about {elapsed / done * (total - done):.0f} s left"
