"""Who looks after the runs: one node at a time."""

from swarm_app.keys import Keys
from swarm_app.store.connection import Client


class Election:
    """A term lasts some seconds and is renewed by the one elected.

    Two terms may overlap for a moment: what the elected does is done once however many do it.
    """

    def __init__(self, client: Client, keys: Keys) -> None:
        self._client = client
        self._key = keys.recovery()

    def stand(self, node: str, seconds: float) -> bool:
        """Whether this node is the one, now and for its term."""
        milliseconds = int(seconds * 1000)
        if self._client.set(self._key, node, nx=True, px=milliseconds):
            return True
        if self._client.get(self._key) != node:
            return False
        return bool(self._client.pexpire(self._key, milliseconds))

    def resign(self, node: str) -> None:
        """Let another be elected at once."""
        if self._client.get(self._key) == node:
            self._client.delete(self._key)
