"""Answers of shards to workers: a list that is waited for, and gone soon after."""

import time
from collections.abc import Iterator

from swarm_app.keys import Keys
from swarm_app.store.connection import LONGEST_BLOCK, Client

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
        key, deadline = self._keys.reply(request_id), time.monotonic() + timeout
        for _ in range(count):
            answer = self._pop(key, deadline)
            if answer is None:
                return
            yield answer

    def _pop(self, key: str, deadline: float) -> str | None:
        """The next answer; None when there is none by the deadline, of time.monotonic()."""
        while True:
            left = deadline - time.monotonic()
            if popped := self._client.blpop([key], min(max(left, 0.01), LONGEST_BLOCK)):
                return str(popped[1])
            if left <= LONGEST_BLOCK:
                return None
