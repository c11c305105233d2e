"""How a persistent helper is started: options of Celery, and settings in its environment."""

import os
import subprocess
from collections.abc import Mapping
from uuid import uuid4

from swarm_app import argv
from swarm_app.queues import ASSIST


def options() -> tuple[str, ...]:
    """Of Celery's worker: assists alone, one at a time so that each is counted, under a name of its own."""
    return ("-Q", ASSIST, "-c", "1", "-n", f"helper-{uuid4().hex[:6]}@%h")


def leaving(limits: Mapping[str, float | None]) -> dict[str, str]:
    """The variables that say when a helper leaves: ``max_tasks``, ``max_seconds``, ``idle_seconds``."""
    told = {name: limit for name, limit in limits.items() if limit is not None}
    return {f"SWARM_HELPER_{name.upper()}": f"{limit:g}" for name, limit in told.items()}


def stay(limits: Mapping[str, float | None]) -> int:
    """Run a helper in a process of its own until it leaves; its exit status."""
    command = argv.celery("worker", *options(), "-l", "WARNING")
    variables = os.environ | leaving(limits)
    return subprocess.run(command, env=variables, stdout=subprocess.DEVNULL, check=False).returncode
