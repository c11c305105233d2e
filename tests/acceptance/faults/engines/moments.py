"""Moments at which a process can be held, so that a test kills it, or another, exactly then.

A test arms a moment by making the file ``armed-NAME`` in `SWARM_FAULTS`. The first process to come by takes
it (a rename, so that there is only one), writes its pid into ``reached-NAME``, and stands still until the
test makes ``passed-NAME``.
"""

import os
import time
from contextlib import suppress
from pathlib import Path

FOLDER = Path(os.environ["SWARM_FAULTS"])

_LOOK = 0.01  # seconds


def come_by(name: str) -> None:
    """Stand still here if the moment is armed."""
    taken = FOLDER / f"taken-{name}"
    with suppress(FileNotFoundError):
        (FOLDER / f"armed-{name}").rename(taken)
        taken.write_text(str(os.getpid()))
        taken.rename(FOLDER / f"reached-{name}")
        while not (FOLDER / f"passed-{name}").exists():
            time.sleep(_LOOK)
