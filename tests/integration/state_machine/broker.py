"""The real queues, emptied by hand: the tests are the workers."""

from collections.abc import Iterator
from typing import Any

from swarm_app.celery import app


def messages(queue: str) -> Iterator[Any]:
    """Every message that waits in a queue, taken from it."""
    with app.pool.acquire(block=True) as connection, connection.channel() as channel:
        while message := channel.basic_get(queue, no_ack=True):
            yield message


def take(queue: str) -> Iterator[tuple[str, list[Any]]]:
    """The same as the task's name and its arguments."""
    for message in messages(queue):
        yield message.headers["task"], message.decode()[0]
