"""Waiting for what a disturbed swarm takes its time for."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_LOOK = 0.05  # seconds


def wait_until(true: Callable[[], T], what: str, seconds: float = 30.0) -> T:
    """Wait until this is true, and return it; fail by its name when it does not come."""
    deadline = time.monotonic() + seconds
    while not (answer := true()):
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what}"
        time.sleep(_LOOK)
    return answer
