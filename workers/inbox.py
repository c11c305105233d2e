"""Messages of tasks, taken off Celery's queues one by one by a process that is no Celery worker."""

from queue import Empty
from typing import Any

from celery.app.task import Context
from kombu.message import Message
from kombu.simple import SimpleQueue

from swarm_app.celery import app


class Inbox:
    """What it hands out stays with the broker until it is acknowledged or requeued."""

    def __init__(self) -> None:
        self._connection = app.connection_for_read()

    def next(self, queue: str, timeout: float) -> Message | None:
        """The next message of a queue, waited for up to ``timeout`` seconds."""
        with SimpleQueue(self._connection, queue) as simple:
            try:
                return simple.get(block=timeout > 0, timeout=timeout or None)
            except Empty:
                return None

    def close(self) -> None:
        """Whatever was not acknowledged goes to others."""
        self._connection.close()


def brief_id(message: Message) -> str:
    """The brief that a message asks for."""
    named: str = message.payload[0][0]
    return named


def count(message: Message) -> None:
    """Count a task that is done in its chord, if it has one, and take its message off the broker."""
    request = Context(message.headers, chord=_chord(message), ignore_result=True)
    app.backend.mark_as_done(request.id, None, request=request)
    message.ack()


def place(message: Message) -> dict[str, Any]:
    """Where a message stands in its chord."""
    told = {name: message.headers.get(name) for name in ("group", "group_index")}
    return {**told, "chord": _chord(message)}


def _chord(message: Message) -> Any:
    return message.payload[2].get("chord")
