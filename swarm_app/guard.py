"""A guard for workers against a defect of celery 5.7.0 with kombu 5.7.0.

On a broker disconnect, the consumer collects its connection and then closes it. Collecting takes away the
transport's client, and so closing ends in `QoS.restore_unacked` with an `AttributeError`, which is not among
the connection errors: the worker exits, if it has a late-acknowledged message in flight and a free slot. A
late acknowledgement on the dead channel takes the same way.

Here a transport that was torn down restores nothing (the recovery, and then the visibility timeout, deliver
again), and a channel remembers its parameters for the acknowledgement of a task that outlived its connection.
`tests/acceptance/test_guard.py` fails once a worker without it survives: then this module goes.
"""

from typing import Any

import kombu
from kombu.transport import redis as transport

from swarm_app.store.doubt import doubting
from swarm_app.transient import TransientQoS

VERSION = "5.7.0"  # of kombu: the private names below were read there


class _QoS(TransientQoS):
    """Restores nothing through a transport that was torn down."""

    def restore_unacked(self, client: Any = None) -> Any:
        if client is None and _is_torn_down(self.channel):
            return None
        return super().restore_unacked(client)


class _Channel(transport.Channel):
    """Remembers how to connect once its connection is gone; its connections doubt."""

    QoS = _QoS
    _remembered: dict[str, Any] | None = None

    def _connparams(self, asynchronous: bool = False) -> dict[str, Any]:
        if _is_torn_down(self):
            if self._remembered is None:
                raise transport.exceptions.ConnectionError("the channel is closed")
            return dict(self._remembered)
        parameters: dict[str, Any] = super()._connparams(asynchronous)
        if not asynchronous:
            self._remembered = dict(parameters)
        return parameters

    def _get_pool(self, asynchronous: bool = False) -> Any:
        return doubting(super()._get_pool(asynchronous))


def install() -> None:
    """Have every Redis transport of this process use the guarded channel."""
    if kombu.__version__ == VERSION:
        transport.Transport.Channel = _Channel


def _is_torn_down(channel: Any) -> bool:
    return channel.connection is None or channel.connection.client is None
