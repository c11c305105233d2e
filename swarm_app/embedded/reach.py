"""Reaching the supervisor: one that runs, or one that is started for the purpose."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from swarm_app.embedded.connection import ABSENT, Connection
from swarm_app.embedded.protocol import Message
from swarm_app.embedded.start import start
from swarm_app.errors import StackError
from swarm_app.settings import Settings

_TRIES = 3
_ANSWER_SLACK = 5  # seconds that the supervisor has to say that a start took too long


def dial(settings: Settings) -> Connection:
    """A connection to the supervisor; raises as `Connection` does."""
    return Connection(settings.control_socket, settings.start_timeout + _ANSWER_SLACK)


def reach(settings: Settings) -> Connection:
    """A connection to the supervisor, which is started when there is none; raises as `start` does."""
    try:
        return dial(settings)
    except ABSENT:
        start(settings)
        return dial(settings)


def running(settings: Settings) -> bool:
    """Whether a supervisor listens."""
    with suppress(*ABSENT):
        dial(settings).close()
        return True
    return False


def ask(connect: Callable[[], Connection], op: str, **fields: Any) -> tuple[Connection, Message]:
    """A connection that is still open, and the answer to a request on it.

    Every request may be made twice, so one that meets a supervisor on its way out is made to the next.
    Raises `StackError` with the supervisor's reason, or when none stays.
    """
    for _ in range(_TRIES):
        with suppress(*ABSENT):
            connection = connect()
            try:
                return connection, connection.ask(op, **fields)
            except BaseException:
                connection.close()
                raise
    raise StackError(
        "The local stack does not run, or ends as soon as it starts. Start it with `swarm up`; its log is "
        "`supervisor.log` under SWARM_STATE_DIR."
    )
