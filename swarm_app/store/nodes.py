"""Which processes of the swarm are alive, by their own word."""

import time

from swarm_app.contracts.nodes import Node
from swarm_app.keys import Keys
from swarm_app.store.connection import Client

BEAT = 2.0  # seconds between two words of a node
_ALIVE = 12.0  # seconds after its last word
_TTL = 60  # seconds


class Nodes:
    """Nodes announce themselves every `BEAT` seconds and take their leave when they stop."""

    def __init__(self, client: Client, keys: Keys) -> None:
        self._client = client
        self._key = keys.nodes()

    def announce(self, node: Node) -> None:
        """Say that a node is alive."""
        with self._client.pipeline() as pipe:
            pipe.hset(self._key, node.name, node.model_dump_json())
            pipe.expire(self._key, _TTL)
            pipe.execute()

    def leave(self, name: str) -> None:
        """Say that a node has stopped."""
        self._client.hdel(self._key, name)

    def alive(self) -> list[Node]:
        """The nodes heard of in the last seconds, by name; those long silent are forgotten."""
        now = time.time()
        known = [Node.model_validate_json(said) for said in self._client.hvals(self._key)]
        silent = [node.name for node in known if now - node.seen_at > _TTL]
        if silent:
            self._client.hdel(self._key, *silent)
        return sorted((node for node in known if now - node.seen_at <= _ALIVE), key=lambda node: node.name)
