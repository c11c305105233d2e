"""One installation as a user has it: the commands of the environment, and a state directory of its own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from swarm_app.embedded.start import environment
from swarm_app.errors import ServerError
from swarm_app.settings import Settings
from swarm_app.store.store import Store
from tests.acceptance.stack_helpers import own_stack, wait_until

_BIN = Path(sys.executable).parent
_LONGEST = 120  # seconds that any one command may take


@dataclass
class Installation:
    """Runs commands against one local stack."""

    settings: Settings
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The variables that every process of this installation gets."""
        return environment(self.settings) | self.extra

    def command(self, name: str) -> str:
        """Where a command of the environment is."""
        return str(_BIN / name)

    def swarm(self, *arguments: str | Path, cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
        """Run the command line to its end."""
        return self._run([_BIN / "swarm", *arguments], cwd)

    def json(self, *arguments: str | Path, status: int = 0) -> Any:
        """Run the command line with ``--json``; it must end with this status."""
        ended = self.swarm(*arguments, "--json")
        assert ended.returncode == status, ended.stderr
        return json.loads(ended.stdout)

    def celery(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run plain Celery to its end, from a directory that has nothing to do with the project."""
        return self._run([_BIN / "celery", "-A", "swarm_app", *arguments], Path("/"))

    def python(self, program: str) -> "subprocess.CompletedProcess[str]":
        """Run a Python program to its end."""
        return self._run([sys.executable, "-c", program], Path("/"))

    @contextmanager
    def process(self, *command: str, **variables: str) -> Iterator["subprocess.Popen[str]"]:
        """A command of the environment that goes on until the block ends; it is told to stop, then killed."""
        started = subprocess.Popen(
            [str(_BIN / command[0]), *command[1:]],
            env=self.environment | variables,
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            yield started
        finally:
            started.send_signal(signal.SIGTERM)
            try:
                started.wait(timeout=20)
            except subprocess.TimeoutExpired:
                started.kill()
                started.wait()

    def store(self) -> Store:
        """The installation's store."""
        return Store(self.settings)

    def wait_for_node(self, beginning: str) -> None:
        """Wait until a node whose name begins so says that it is alive."""
        wait_until(lambda: any(name.startswith(beginning) for name in self.nodes()), f"{beginning} is alive")

    def nodes(self) -> list[str]:
        """The names of the nodes that say that they are alive; none while there is no server."""
        store = self.store()
        try:
            return [node.name for node in store.nodes.alive()]
        except ServerError:
            return []
        finally:
            store.close()

    def _run(self, command: list[str | Path], cwd: Path | None) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            list(map(str, command)),
            env=self.environment,
            cwd=cwd,
            capture_output=True,
            text=True,
            timeout=_LONGEST,
            check=False,
        )


@contextmanager
def installed(extra: Mapping[str, str] | None = None, **overrides: object) -> Iterator[Installation]:
    """An installation that nobody else uses; all of it is gone afterwards."""
    with own_stack(**overrides) as settings:
        yield Installation(settings, dict(extra or {}))


def path_of(*folders: Path) -> dict[str, str]:
    """The variable that puts folders on Python's path."""
    return {"PYTHONPATH": os.pathsep.join(map(str, folders))}
