"""An installation whose engine can be blocked, and runs of forty briefs on it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from swarm_app.contracts.help import Obstacle
from swarm_app.contracts.run import Event
from tests.acceptance.faults.plans import write_plan
from tests.acceptance.installation import Installation, installed, path_of
from tests.acceptance.library import write

ENGINES = Path(__file__).parent / "engines"
QUESTION = "How does the nightly purge make sure that two purges never run at once?"
LEDGER = "The general ledger of the second quarter was closed on the 14th of July.\n"
FIVE = dict(zip(("3", "11", "19", "27", "35"), Obstacle, strict=True))  # a brief's number -> its obstacle


@dataclass(frozen=True)
class Crowd:
    """Workers at hand for runs over one shard; another shard, ``ledgers``, holds what no run names."""

    installation: Installation
    folder: Path

    def run(
        self,
        blocked: Mapping[str, str],
        *options: str,
        workers: int = 40,
        question: str = QUESTION,
        shard: str = "archive",
    ) -> dict[str, Any]:
        """The report of a run whose briefs of these numbers meet these obstacles."""
        plan = write_plan(self.folder, [workers], {})
        report: dict[str, Any] = self._ask(blocked, question, plan, *options, shard=shard)
        return report

    def begin(self, blocked: Mapping[str, str], plan: Path, *options: str) -> str:
        """Start such a run of another plan, and leave it to itself; its id."""
        run_id: str = self._ask(blocked, QUESTION, plan, "--detach", *options)["run_id"]
        return run_id

    def end(self, run_id: str) -> dict[str, Any]:
        """The report of a run that was left to itself, when it has ended."""
        self.installation.swarm("watch", run_id)
        report: dict[str, Any] = self.installation.json("show", run_id)
        return report

    def events(self, run_id: str) -> list[Event]:
        """What happened in a run."""
        store = self.installation.store()
        try:
            return store.events.read(run_id, count=10_000)
        finally:
            store.close()

    def _ask(
        self, blocked: Mapping[str, str], question: str, plan: Path, *options: str, shard: str = "archive"
    ) -> Any:
        (self.folder / "blocked.json").write_text(json.dumps(blocked))
        asked = (question, "--shards", shard, "--plan", plan, "--engine", "blocked")
        return self.installation.json("research", *asked, *options)


@contextmanager
def crowd(folder: Path, **overrides: object) -> Iterator[Crowd]:
    """An installation of its own; all of it is gone afterwards."""
    told = {"SWARM_BLOCKED": str(folder / "blocked.json")}
    with installed(path_of(ENGINES) | told, linger=120, **overrides) as installation:
        assert installation.swarm("shard", "load", "archive", write(folder / "archive")).returncode == 0
        (folder / "ledgers").mkdir()
        (folder / "ledgers" / "q2.md").write_text(LEDGER)
        assert installation.swarm("shard", "load", "ledgers", folder / "ledgers").returncode == 0
        yield Crowd(installation, folder)


def helped(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The findings of briefs that were blocked, by the number of their brief."""
    return {each["finding_id"].rpartition("_")[2]: each for each in report["findings"] if "helped" in each}


def waits(events: list[Event]) -> list[float]:
    """Seconds from each blocker to its brief's resumption."""
    blocked = {event.data["number"]: event.at for event in events if event.type == "brief.blocked"}
    resumed = {event.data["number"]: event.at for event in events if event.type == "brief.resumed"}
    return [resumed[number] - at for number, at in blocked.items()]
