"""The debug bus: everything that happens, as one stream, and a place where outsiders have their say."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from swarm_app.client.post import Post, batch, read_lines, read_messages
from swarm_app.contracts.run import Event
from swarm_app.errors import UnknownError, UsageError
from swarm_app.sources import Sources
from swarm_app.store.bus import KEPT
from swarm_app.store.moment import BEGINNING, NOW
from swarm_app.store.store import Store
from swarm_app.store.tail import Tail

_WAIT = 1.0  # seconds that one look blocks; new runs are found between two looks


class Bus:
    """Reads the streams of all runs and of what was posted as one, and posts."""

    def __init__(self, store: Store, server: Callable[[], None]) -> None:
        """``server`` makes sure that there is one."""
        self._store = store
        self._server = server

    def tail(
        self,
        *,
        run: str = "",
        types: Sequence[str] = (),
        start: float | str | None = None,
        follow: bool = True,
    ) -> Iterator[Event]:
        """What happens, live, without an end; of one run only what belongs to it, until it ends.

        ``start`` is "beginning", "now", an event's id (that event is included) or Unix seconds. By default it
        is now, and the beginning for one run or without ``follow``. ``types`` are whole names
        ("brief.reported") or families ("brief"). Raises `UnknownError` for a run that nobody has heard of.
        """
        self._server()
        run_id = self._resolve(run) if run else ""
        point = start if start is not None else NOW if follow and not run else BEGINNING
        tail = self._store.tail(point, run_id)
        events = _read(tail, follow, lambda: bool(run_id) and self._has_ended(run_id))
        return (event for event in events if _is_wanted(event, run_id, types))

    def post(self, messages: Sequence[Mapping[str, Any]]) -> list[Event]:
        """Put messages of the original's shape on the bus, and after each that names sources their verdicts.

        Returns them as events, the verdicts as events of type ``sources.checked``. Raises `UsageError` that
        names each message that is none; nothing is posted then.
        """
        return self._put(read_messages(messages))

    def load(self, lines: Iterable[str]) -> list[Event]:
        """Post what `tail` or the original wrote, one JSON object a line.

        An event that is here already is passed over. Raises `UsageError` that names each bad line; nothing is
        posted then.
        """
        return self._put(read_lines(lines))

    def _put(self, posts: Sequence[Post]) -> list[Event]:
        self._server()
        if len(posts) > KEPT:
            raise UsageError(
                f"{len(posts):,} messages are too many: the bus keeps {KEPT:,}. Post the latest."
            )
        wanted = batch(posts, Sources(self._store), self._known(posts))
        return self._store.bus.put(wanted) if wanted else []

    def _known(self, posts: Sequence[Post]) -> set[tuple[str, str]]:
        """Run and id of every event here that the imported ones could be.

        Raises `UsageError` for an event of a run that is remembered here and knows nothing of it.
        """
        imported = [post for post in posts if post.event is not None]
        if not imported:
            return set()
        known = {(event.run_id, event.event_id) for event in self._store.tail(BEGINNING).past()}
        runs = self._store.runs.remembered({post.key[0] for post in imported})
        if strange := [post.place for post in imported if post.is_of(runs) and post.key not in known]:
            raise UsageError(
                f"Line {strange[0]}: an event of a run that is remembered here, and had no such event. "
                "Only the swarm itself writes the events of its runs. Nothing was posted."
            )
        return known

    def _resolve(self, beginning: str) -> str:
        """The id of a run that is remembered here, or whose events were imported."""
        with suppress(UnknownError):
            return self._store.runs.resolve(beginning)
        wanted = f"run_{beginning.removeprefix('run_')}"
        for event in self._store.tail(BEGINNING).past():
            if event.run_id.startswith(wanted):
                return event.run_id
        raise UnknownError(f"There is no run {beginning!r}. `swarm runs` lists the runs that are remembered.")

    def _has_ended(self, run_id: str) -> bool:
        try:
            return self._store.runs.progress(run_id).state.ended
        except UnknownError:  # its events were imported
            return True


def _read(tail: Tail, follow: bool, has_ended: Callable[[], bool]) -> Iterator[Event]:
    yield from tail.past()
    while follow:
        ended = has_ended()
        found = tail.fresh(0.0 if ended else _WAIT)
        yield from found
        if ended and not found:
            return


def _is_wanted(event: Event, run_id: str, types: Sequence[str]) -> bool:
    of_type = not types or any(event.type == each or event.type.startswith(f"{each}.") for each in types)
    return of_type and run_id in {"", event.run_id}
