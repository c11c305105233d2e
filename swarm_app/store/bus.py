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
_STEP = 2_000  # entries in one transaction: some ten milliseconds of the server's time


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
    """Puts a batch on the bus in one step; one of many thousands in several, to hold nobody up."""

    def __init__(self, client: Client, keys: Keys, ttl: int) -> None:
        self._client = client
        self._key = keys.bus()
        self._ttl = ttl

    def put(self, batch: Sequence[Posting]) -> list[Event]:
        """Append a batch; returns it as events. What is about another one before it has its id as ``of``."""
        ids: list[str] = []
        events: list[Event] = []
        for start in range(0, len(batch), _STEP):
            events += self._append(batch[start : start + _STEP], ids)
        return events

    def _append(self, part: Sequence[Posting], ids: list[str]) -> list[Event]:
        """Append a part in one step, its ids to those of the parts before it."""
        while True:
            with self._client.pipeline() as pipe:
                try:
                    pipe.watch(self._key)
                    own = self._ids(len(part))
                    known = [*ids, *own]
                    events = [
                        _event(each, stream_id, known) for each, stream_id in zip(part, own, strict=True)
                    ]
                    pipe.multi()
                    for stream_id, event in zip(own, events, strict=True):
                        pipe.xadd(self._key, _fields(event, stream_id), id=stream_id, maxlen=KEPT)
                    pipe.expire(self._key, self._ttl)
                    pipe.execute()
                except redis.WatchError:
                    continue
            ids += own
            return events

    def _ids(self, count: int) -> list[str]:
        """Ids that follow the stream's last: known before they are written, so that a batch can name them."""
        last = self._client.xrevrange(self._key, count=1)
        taken = split(last[0][0])[0] if last else 0
        moment = max(clock(self._client), taken + 1)
        return [f"{moment}-{place}" for place in range(count)]


def _event(posting: Posting, stream_id: str, ids: Sequence[str]) -> Event:
    about = {} if posting.of is None else {"of": ids[posting.of]}
    return Event(
        event_id=posting.event_id or stream_id,
        run_id=posting.run_id,
        type=posting.type,
        at=posting.at,
        data=about | posting.data,
    )


def _fields(event: Event, stream_id: str) -> dict[str, str]:
    own = {"type": event.type, "at": repr(event.at), "data": json.dumps(event.data), "run": event.run_id}
    return own if event.event_id == stream_id else own | {"id": event.event_id}
