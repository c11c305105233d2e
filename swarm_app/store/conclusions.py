"""What passes tell the coordinator, and how much of it was received."""

from collections.abc import Sequence

from swarm_app.keys import Keys
from swarm_app.store.connection import Client


class Conclusions:
    """The one channel from a run to its coordinator: a few words for each pass, apart from all findings.

    They are told as their passes are closed, see `Passes`.
    """

    def __init__(self, client: Client, keys: Keys, ttl: int) -> None:
        self._client = client
        self._keys = keys
        self._ttl = ttl

    def read(self, run_id: str, numbers: Sequence[int]) -> list[str]:
        """The conclusions of these passes that are told, as JSON."""
        if not numbers:
            return []
        found = self._client.hmget(self._keys.conclusions(run_id), [str(number) for number in numbers])
        return [text for text in found if text]

    def sizes(self, run_ids: Sequence[str]) -> list[int]:
        """How many bytes the conclusions of each of these runs are so far."""
        with self._client.pipeline(transaction=False) as pipe:
            for run_id in run_ids:
                pipe.hvals(self._keys.conclusions(run_id))
            return [sum(len(text.encode()) for text in texts) for texts in pipe.execute()]

    def received(self, run_id: str, size: int) -> None:
        """Add to the bytes that coordinators received of a run, if it is remembered."""
        key = self._keys.progress(run_id)
        if self._client.exists(key):
            with self._client.pipeline() as pipe:
                pipe.hincrby(key, "coordinator_bytes", size)
                pipe.expire(key, self._ttl)
                pipe.execute()
