"""Answers of shards to workers: a list that is waited for, and gone soon after."""

import time
from collections.abc import Iterator

from swarm_app.keys import Keys
from swarm_app.store.connection import Client

_TTL = 60  # seconds


class Replies:
    """One request fans out to several shards; each pushes its answer to the request's list."""

    def __init__(self, client: Client, keys: Keys) -> None:
        self._client = client
        self._keys = keys

    def send(self, request_id: str, answer: str) -> None:
        """Answer a request."""
        key = self._keys.reply(request_id)
        with self._client.pipeline() as pipe:
            pipe.rpush(key, answer)
            pipe.expire(key, _TTL)
            pipe.execute()

    def wait(self, request_id: str, count: int, timeout: float) -> Iterator[str]:
        """Up to ``count`` answers as they come, for at most ``timeout`` seconds in all."""
        deadline = time.monotonic() + timeout
        for _ in range(count):
            left = deadline - time.monotonic()
            answer = self._client.blpop([self._keys.reply(request_id)], max(left, 0.01))
            if answer is None:
                return
            yield answer[1]
