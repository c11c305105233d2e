"""A fresh installation for a benchmark, in a process of its own: nothing is running, and nothing stays."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).parent


def run(script: str, argv: Sequence[str], settings: Mapping[str, str] | None = None) -> int:
    """Run ``script --measure argv`` on an empty state directory; returns its exit status."""
    with tempfile.TemporaryDirectory(prefix="sw") as state:
        environment = os.environ | {"SWARM_STATE_DIR": state, "SWARM_LINGER": "0"} | dict(settings or {})
        environment["PYTHONPATH"] = os.pathsep.join([str(HERE), str(HERE / "engines")])
        environment.pop("SWARM_REDIS_URL", None)
        command = [sys.executable, script, "--measure", *argv]
        try:
            return subprocess.run(command, env=environment, check=False).returncode
        finally:
            down = [sys.executable, "-m", "swarm_app.cli.main", "down"]
            subprocess.run(down, env=environment, check=False, stderr=subprocess.DEVNULL)
