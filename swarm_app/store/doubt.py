"""Connections that doubt: when the server was silent on one of them, those that are idle are not trusted.

A network that drops connections without a word (a firewall, a failover) drops all of them, and each would
wait in vain for itself, one after the other. So the first that waits in vain has all idle ones of its process
made anew before they are used again.
"""

import time
from typing import Any

import redis


class _Doubt:
    """When a connection of this process last waited in vain, by time.monotonic()."""

    since = float("-inf")


class _Doubting(redis.connection.AbstractConnection):
    """Is made anew by `connect`, which a pool calls before every use, if it was last heard of before."""

    _heard = float("-inf")

    def connect(self) -> None:
        if self.is_connected and self._heard < _Doubt.since:
            self.disconnect()
        super().connect()

    def read_response(self, *args: Any, **options: Any) -> Any:
        try:
            answer = super().read_response(*args, **options)
        except redis.TimeoutError:
            _Doubt.since = time.monotonic()
            raise
        self._heard = time.monotonic()
        return answer


class _Plain(_Doubting, redis.Connection):
    pass


class _Encrypted(_Doubting, redis.SSLConnection):
    pass


_KINDS = {redis.Connection: _Plain, redis.SSLConnection: _Encrypted}  # a Unix socket has no network to lose


def doubting(pool: redis.ConnectionPool) -> redis.ConnectionPool:
    """The pool, with connections that doubt from now on, if they go over a network."""
    pool.connection_class = _KINDS.get(pool.connection_class, pool.connection_class)
    return pool
