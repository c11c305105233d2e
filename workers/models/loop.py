"""The event loop of this process, in one thread: all briefs' calls are in the air on it at once."""

import asyncio
import atexit
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import wait
from functools import cache
from typing import Any, TypeVar

from swarm_app.errors import EngineError

_LOOK = 0.2  # seconds between two looks whether anybody still waits
_GRACE = 2.0  # seconds that a cancelled call has to close its connection

T = TypeVar("T")
_starting = threading.Lock()


def run(work: Coroutine[Any, Any, T], remaining: Callable[[], float]) -> T:
    """The work's result, from any thread; its errors are raised here.

    Cancels the work, and with it the call in flight, and raises `EngineError` when nothing remains.
    """
    future = asyncio.run_coroutine_threadsafe(work, _loop())
    while not future.done() and remaining() > 0:
        wait([future], timeout=min(_LOOK, remaining()))
    if not future.done():
        future.cancel()
        wait([future], timeout=_GRACE)
        raise EngineError("The calls in flight were cancelled: nobody waits for the brief any more.")
    return future.result()


def at_exit(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Have something closed on the loop before this process ends."""
    atexit.register(lambda: run(work(), lambda: _GRACE))


def _loop() -> asyncio.AbstractEventLoop:
    with _starting:  # two threads must not have two loops: connections belong to one
        return _started()


@cache
def _started() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="models", daemon=True).start()
    return loop
