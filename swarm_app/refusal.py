"""How Celery's own command line refuses bad settings: in one line, with status 2."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from swarm_app.errors import SwarmError

_COMMAND_LINE = "celery.bin.celery"  # imported where Celery's command line runs, and nowhere else


@contextmanager
def in_one_line() -> Iterator[None]:
    """End a process that is Celery's command line with our error's words; elsewhere the error is raised."""
    try:
        yield
    except SwarmError as error:
        if _COMMAND_LINE not in sys.modules or threading.current_thread() is not threading.main_thread():
            raise
        sys.stderr.write(f"swarm: {error}\n")
        raise SystemExit(2) from None
