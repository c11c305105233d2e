"""Transient messages, whose sender sends another rather than wait for a second delivery.

Whatever the delivery mode of a message is, kombu's Redis transport keeps a copy from when it was given out
until it is acknowledged: for a search two round trips, and more of its shard's time than the search itself.
"""

from typing import Any

from kombu.entity import TRANSIENT_DELIVERY_MODE
from kombu.transport import redis, virtual


class TransientQoS(redis.QoS):
    """Has the server keep no copy of a transient message; it counts among those in hand all the same."""

    def append(self, message: Any, delivery_tag: str) -> None:
        """Take a message in hand."""
        kind = virtual.QoS if _is_transient(message) else redis.QoS
        kind.append(self, message, delivery_tag)

    def ack(self, delivery_tag: str) -> None:
        """Be done with a message."""
        kind = virtual.QoS if _is_transient(self._delivered.get(delivery_tag)) else redis.QoS
        kind.ack(self, delivery_tag)


def _is_transient(message: Any) -> bool:
    return message is not None and message.properties.get("delivery_mode") == TRANSIENT_DELIVERY_MODE
