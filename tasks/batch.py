"""Messages that go out together: on a server that syncs every write, one wait for all of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from kombu import Producer
from kombu.exceptions import OperationalError

from swarm_app.celery import app


@contextmanager
def batch() -> Iterator[Producer]:
    """A producer whose messages go out when the block ends, or none of them.

    Raises kombu's `OperationalError` when the server was away meanwhile: what was collected went with its
    channel, and kombu, which has connected anew by then, calls that a `RuntimeError`.
    """
    with app.producer_or_acquire() as producer:
        try:
            with producer.batch():
                yield producer
        except RuntimeError as error:
            raise OperationalError(str(error)) from error
