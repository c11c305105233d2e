"""What outsiders posted: a stream of its own beside those of the runs."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import redis

from swarm_app.contracts.run import Event
from swarm_app.keys import Keys
from swarm_app.store.connection import Client
from swarm_app.store.moment import clock, split

KEPT = 100_000  # entries; what is older is forgotten


@dataclass(frozen=True)
class Posting:
    """Something to be put on the bus."""

    type: str
    data: dict[str, Any]
    run_id: str = ""
    at: float = field(default_factory=time.time)  # Unix seconds
    event_id: str = ""  # of an imported event: what it was called before
    of: int | None = None  # the place, in the same batch, of the posting that this one is about


class Bus:
    """Puts a batch on the bus whole, or not at all."""

    def __init__(self, client: Client, keys: Keys, ttl: int) -> None:
        self._client = client
        self._key = keys.bus()
        self._ttl = ttl

    def put(self, batch: Sequence[Posting]) -> list[Event]:
        """Append a batch in one step; returns it as events. What is about another has its id as ``of``."""
        while True:
            with self._client.pipeline() as pipe:
                try:
                    pipe.watch(self._key)
                    ids = self._ids(len(batch))
                    events = [_event(posting, ids, place) for place, posting in enumerate(batch)]
                    pipe.multi()
                    for stream_id, event in zip(ids, events, strict=True):
                        pipe.xadd(self._key, _fields(event, stream_id), id=stream_id, maxlen=KEPT)
                    pipe.expire(self._key, self._ttl)
                    pipe.execute()
                except redis.WatchError:
                    continue
            return events

    def _ids(self, count: int) -> list[str]:
        """Ids that follow the stream's last: known before they are written, so that a batch can name them."""
        last = self._client.xrevrange(self._key, count=1)
        taken = split(last[0][0])[0] if last else 0
        moment = max(clock(self._client), taken + 1)
        return [f"{moment}-{place}" for place in range(count)]


def _event(posting: Posting, ids: Sequence[str], place: int) -> Event:
    about = {} if posting.of is None else {"of": ids[posting.of]}
    return Event(
        event_id=posting.event_id or ids[place],
        run_id=posting.run_id,
        type=posting.type,
        at=posting.at,
        data=about | posting.data,
    )


def _fields(event: Event, stream_id: str) -> dict[str, str]:
    own = {"type": event.type, "at": repr(event.at), "data": json.dumps(event.data), "run": event.run_id}
    return own if event.event_id == stream_id else own | {"id": event.event_id}
