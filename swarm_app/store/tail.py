"""One stream of everything that happens: the streams of all runs and of the bus, merged as they are read.

No event is stored twice. A stream's ids begin with the server's milliseconds, so one point fits all streams.
"""

from collections import deque
from collections.abc import Iterator
from heapq import heappop, heappush

from swarm_app.contracts.run import Event
from swarm_app.keys import Keys
from swarm_app.store.connection import Client
from swarm_app.store.events import Entry, entries, event
from swarm_app.store.moment import NOW, before, split

_BATCH = 500  # entries read from one stream at once
_FOLLOWED = 200  # the latest runs, read on beside those that are active
_SLACK = 60_000.0  # milliseconds by which the clock of who queued a run may be ahead of the server's

_Opening = tuple[
    float, str
]  # when a run's stream begins at the earliest, in milliseconds; its id, "" for the bus
_Head = tuple[tuple[int, int], str, Entry, Iterator[Entry]]  # a stream's next entry, and what follows it


class Tail:
    """A reader of all events from a point on, or of one run's. First the past is read, then what comes."""

    def __init__(self, client: Client, keys: Keys, start: float | str, run_id: str) -> None:
        """``start`` as for `before`."""
        self._client = client
        self._keys = keys
        self._start = before(start, client)
        self._run_id = run_id
        self._read = self._ends() if start == NOW else {}  # run id, "" for the bus -> the last entry read

    def past(self) -> Iterator[Event]:
        """What happened until now, in order. A run's stream is not opened before the time it was queued."""
        waiting = deque(self._openings())
        heads: list[_Head] = []
        while waiting or heads:
            while waiting and (not heads or waiting[0][0] <= heads[0][0][0]):
                run_id = waiting.popleft()[1]
                _push(heads, run_id, self._entries(run_id))
            if heads:
                _, run_id, entry, rest = heappop(heads)
                _push(heads, run_id, rest)
                yield event(run_id, entry)

    def fresh(self, wait: float) -> list[Event]:
        """What has happened since the last look, waiting up to ``wait`` seconds for the first.

        In order within one look. Runs that are neither active nor among the latest are not looked at.
        """
        known = self._followed()
        found = self._look(known, wait)
        found += self._look(self._followed() - known, 0.0)  # runs that began while it waited
        return [event(run_id, entry) for _, run_id, entry in sorted(found)]

    def _look(self, run_ids: set[str], wait: float) -> list[tuple[tuple[int, int], str, Entry]]:
        """The next entries of these streams with their order and their runs."""
        if not run_ids:
            return []
        runs = {self._key(run_id): run_id for run_id in run_ids}
        points = {key: self._read.get(run_id, self._start) for key, run_id in runs.items()}
        answer = self._client.xread(points, count=_BATCH, block=int(wait * 1000) or None)
        found = [(split(entry[0]), runs[key], entry) for key, entry in entries(answer)]
        for _, run_id, entry in found:
            self._read[run_id] = entry[0]
        return found

    def _ends(self) -> dict[str, str]:
        """The last entry of each stream: several may be written within the millisecond that is now."""
        followed = sorted(self._followed())
        with self._client.pipeline(transaction=False) as pipe:
            for run_id in followed:
                pipe.xrevrange(self._key(run_id), count=1)
            last = pipe.execute()
        return {run_id: found[0][0] for run_id, found in zip(followed, last, strict=True) if found}

    def _openings(self) -> list[_Opening]:
        if self._run_id:
            return [(0.0, ""), (0.0, self._run_id)]
        queued = self._client.zrange(self._keys.runs(), 0, -1, withscores=True)
        return [(0.0, ""), *((at * 1000 - _SLACK, run_id) for run_id, at in queued)]

    def _followed(self) -> set[str]:
        if self._run_id:
            return {"", self._run_id}
        latest = self._client.zrange(self._keys.runs(), 0, _FOLLOWED - 1, desc=True)
        return {"", *latest, *self._client.smembers(self._keys.active())}

    def _entries(self, run_id: str) -> Iterator[Entry]:
        after = self._read.get(run_id, self._start)
        while found := self._client.xrange(self._key(run_id), min=f"({after}", count=_BATCH):
            yield from found
            after = self._read[run_id] = found[-1][0]

    def _key(self, run_id: str) -> str:
        return self._keys.events(run_id) if run_id else self._keys.bus()


def _push(heads: list[_Head], run_id: str, rest: Iterator[Entry]) -> None:
    if (entry := next(rest, None)) is not None:
        heappush(heads, (split(entry[0]), run_id, entry, rest))
