"""A run's events, as a stream that is read live."""

import json
import time
from collections.abc import Iterator
from typing import Any

from swarm_app.contracts.run import Event
from swarm_app.keys import Keys
from swarm_app.store.connection import Client
from swarm_app.store.scripts import EVENTS_KEPT

Entry = tuple[str, dict[str, str]]  # an entry's id in its stream, and its fields


class Events:
    """Appended to by every atomic step; read from any point on."""

    def __init__(self, client: Client, keys: Keys, ttl: int) -> None:
        self._client = client
        self._keys = keys
        self._ttl = ttl

    def append(self, run_id: str, event_type: str, data: dict[str, Any]) -> None:
        """Append an event outside any atomic step."""
        fields = {"type": event_type, "at": repr(time.time()), "data": json.dumps(data)}
        key = self._keys.events(run_id)
        with self._client.pipeline() as pipe:
            pipe.xadd(key, fields, maxlen=EVENTS_KEPT, approximate=True)
            pipe.expire(key, self._ttl)
            pipe.execute()

    def read(self, run_id: str, *, after: str = "0", wait: float = 0.0, count: int = 500) -> list[Event]:
        """The events after the one of id ``after``, waiting up to ``wait`` seconds for the first."""
        block = int(wait * 1000) or None
        answer = self._client.xread({self._keys.events(run_id): after}, count=count, block=block)
        return [event(run_id, entry) for _, entry in entries(answer)]


def entries(answer: Any) -> Iterator[tuple[str, Entry]]:
    """The streams' keys and entries in the answer of XREAD, in the form of RESP2 or RESP3."""
    streams = answer.items() if isinstance(answer, dict) else answer or ()
    for key, found in streams:
        for entry in _flat(found):
            yield key, entry


def _flat(found: Any) -> Iterator[Entry]:
    """RESP3 wraps a stream's entries in one more list than RESP2 does."""
    for entry in found:
        if isinstance(entry, list):
            yield from _flat(entry)
        else:
            yield entry


def event(run_id: str, entry: Entry) -> Event:
    """An entry as an event of the run, unless it names another run or id itself, as those on the bus may."""
    event_id, fields = entry
    return Event(
        event_id=fields.get("id", event_id),
        run_id=fields.get("run", run_id),
        type=fields["type"],
        at=float(fields["at"]),
        data=json.loads(fields["data"]),
    )
