"""Waiting for what a disturbed swarm takes its time for."""

import time
from collections.abc import Callable

_LOOK = 0.05  # seconds


def wait_until(true: Callable[[], object], what: str, seconds: float = 30.0) -> None:
    """Wait for a condition, and fail by its name when it does not come."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what}"
        time.sleep(_LOOK)
