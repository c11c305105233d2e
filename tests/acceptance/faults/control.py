"""What the tests tell the engine and the processes that carry it, and what these leave behind: files."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from tests.acceptance.faults.waiting import wait_until
from tests.acceptance.installation import path_of

ENGINES = Path(__file__).parent / "engines"


@dataclass(frozen=True)
class Execution:
    """One execution of a brief, as the engine itself wrote it down. Times are Unix seconds."""

    brief: str
    attempt: int  # which time the brief was given out
    pid: int
    begun: float
    ended: float | None

    @property
    def key(self) -> tuple[str, int]:
        """The claim it belongs to."""
        return self.brief, self.attempt

    @property
    def orphaned(self) -> bool:
        """Whether its process has ended; one of the same number that began later is another."""
        try:
            process = psutil.Process(self.pid)
            return process.status() == psutil.STATUS_ZOMBIE or process.create_time() > self.begun
        except psutil.NoSuchProcess:
            return True


class Control:
    """One folder, which the engine finds by the variable `SWARM_FAULTS`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    @property
    def variables(self) -> dict[str, str]:
        """What the processes of the installation need in their environment."""
        return {"SWARM_FAULTS": str(self.folder), **path_of(ENGINES)}

    def mode(self, place: str, mode: str) -> None:
        """Have the engine misbehave at a brief; place ``1.2`` is the second brief of the first pass."""
        (self.folder / f"mode-{place}").write_text(mode)

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Let no brief end meanwhile: the run waits, however many processes drive it."""
        (self.folder / "hold").touch()
        yield
        (self.folder / "hold").unlink()

    def arm(self, moment: str) -> None:
        """Have the next process that comes by this moment stand still."""
        (self.folder / f"passed-{moment}").unlink(missing_ok=True)
        (self.folder / f"reached-{moment}").unlink(missing_ok=True)
        (self.folder / f"armed-{moment}").touch()

    def reached(self, moment: str) -> int:
        """Wait until a process stands still at the moment; its pid."""
        wait_until(lambda: self.first([moment]), f"a process comes by {moment!r}")
        return int((self.folder / f"reached-{moment}").read_text())

    def first(self, moments: Iterable[str]) -> str | None:
        """One of these moments at which a process stands still, if there is any."""
        return next((each for each in moments if (self.folder / f"reached-{each}").exists()), None)

    def go_on(self, moment: str) -> None:
        """Let whoever stands still at the moment go on."""
        (self.folder / f"passed-{moment}").touch()

    def executions(self) -> list[Execution]:
        """Every execution so far, in the order in which they began."""
        trace = self._trace()
        ends = {_beginning(line): line["ended"] for line in trace if line["ended"]}
        begun = [_beginning(line) for line in trace if not line["ended"]]
        return [Execution(*key, ends.get(key)) for key in begun]

    def at_work(self, run_id: str) -> list[Execution]:
        """The executions of a run that are under way in a process that lives."""
        begun = (each for each in self.executions() if each.brief.startswith(f"{run_id}."))
        return [each for each in begun if each.ended is None and not each.orphaned]

    def _trace(self) -> list[dict[str, Any]]:
        path = self.folder / "executions.jsonl"
        lines = path.read_text().splitlines() if path.exists() else []
        return [json.loads(line) for line in lines]


def _beginning(line: dict[str, Any]) -> tuple[str, int, int, float]:
    return line["brief"], line["attempt"], line["pid"], line["begun"]
