"""One installation put to the test: the engine, somebody who holds the stack, and runs that are watched."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from swarm_app.contracts.run import Event, Progress
from swarm_app.store.store import Store
from tests.acceptance.faults.control import Control
from tests.acceptance.faults.expiry import all_keys_expire
from tests.acceptance.faults.plans import write_plan
from tests.acceptance.faults.waiting import wait_until
from tests.acceptance.installation import Installation, installed
from tests.acceptance.library import write
from tests.acceptance.stack_helpers import USES

QUESTION = "How does the nightly purge make sure that two purges never run at once?"

# Short enough for a test to wait for them, long enough for two busy cores to keep their leases.
SHORT = {"lease": 3, "recovery_interval": 0.5, "linger": 1, "concurrency": 4, "brief_deadline": 60}

QUICK = {"SWARM_FAULTS_SCALE": "0.2"}  # briefs of 0.04 to 0.4 s


class Trial:
    """Starts runs, and knows what became of them. Its store waits out the faults."""

    def __init__(self, installation: Installation, control: Control, folder: Path) -> None:
        self.installation = installation
        self.control = control
        self.settings = installation.settings
        self.store = Store(self.settings, patient=True)
        self.documents = write(folder / "archive")
        self.sources = [str(self.documents)]
        self._folder = folder

    def plan(self, *workers: int, **fields: float) -> Path:
        """A plan file with a pass for each number of workers; see `write_plan`."""
        return write_plan(self._folder, workers, fields)

    def command(self, plan: Path, *options: str) -> list[str]:
        """The command that starts a run."""
        asked = ["research", QUESTION, *self.sources]
        return [*asked, "--plan", str(plan), "--engine", "faulty", *options]

    def start(self, *workers: int, options: tuple[str, ...] = (), **fields: float) -> str:
        """Start a run and leave it to itself; its id."""
        command = self.command(self.plan(*workers, **fields), "--detach", *options)
        run_id: str = self.installation.json(*command)["run_id"]
        return run_id

    def progress(self, run_id: str) -> Progress:
        """Where a run stands."""
        return self.store.runs.progress(run_id)

    def reported(self, run_id: str) -> int:
        """How many of its briefs are reported."""
        return len(self.store.runs.findings(run_id))

    def events(self, run_id: str, *types: str) -> list[Event]:
        """The events of a run, all of them or those of some types."""
        found: list[Event] = []
        while batch := self.store.events.read(run_id, after=found[-1].event_id if found else "0"):
            found += batch
        return [event for event in found if not types or event.type in types]

    def wait_for_end(self, run_id: str, seconds: float = 60.0) -> Progress:
        """Wait until a run has ended; where it stands then."""
        wait_until(lambda: self.progress(run_id).state.ended, f"{run_id} ends", seconds)
        return self.progress(run_id)


@contextmanager
def held(installation: Installation) -> Iterator["subprocess.Popen[str]"]:
    """Somebody who uses the stack, and so starts its supervisor again when it is killed."""
    user = subprocess.Popen(
        [sys.executable, "-c", USES],
        env=installation.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert user.stdout is not None
        assert user.stdout.readline().strip() == installation.settings.broker_url
        yield user
    finally:
        user.kill()
        user.communicate()


@contextmanager
def trial(folder: Path, variables: Mapping[str, str] | None = None, **overrides: object) -> Iterator[Trial]:
    """An installation whose processes carry the engine; all of it is gone afterwards.

    Whatever was done to it, no key stays for ever.
    """
    control = Control(folder / "control")
    with installed(control.variables | dict(variables or {}), **(SHORT | overrides)) as installation:
        put = Trial(installation, control, folder)
        try:
            with held(installation):
                yield put
                all_keys_expire(put.store, put.settings)
        finally:
            put.store.close()
