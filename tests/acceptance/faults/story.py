"""A run's events, read as what became of its claims. The stream's order decides; no clock is asked."""

from collections.abc import Iterable, Sequence

from swarm_app.contracts.run import Event

CLAIMED = {"brief.claimed", "brief.hedged", "brief.resumed"}
REPORTED = {"brief.reported", "brief.failed", "brief.late"}
CONCLUDED = {"pass.synthesised"}

Attempt = tuple[str, int]  # a brief's id, and which time it was given out


class Story:
    """Positions are those of the stream, from 0."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.events = events
        self.claims = {_attempt(event): place for place, event in self._of(CLAIMED)}
        self.reports = {_attempt(event): place for place, event in self._of(REPORTED)}
        self.returned = {_attempt(event): place for place, event in self._of({"brief.returned"})}
        self.hedged = {_brief(event) for event in events if event.type == "brief.hedged"}
        self.failed = sum(event.type == "brief.failed" for event in events)
        self._closed = {brief: place for (brief, _), place in self.reports.items()}

    def granted_in_time(self, attempt: Attempt) -> bool:
        """Whether an attempt was given out, and before its brief's report was stored."""
        place = self.claims.get(attempt)
        return place is not None and place < self._closed.get(attempt[0], place + 1)

    def goes_on(self, brief: str, after: float) -> float | None:
        """When a brief was next claimed or reported after a time (Unix seconds)."""
        return _first((e for e in self.events if e.type in CLAIMED | REPORTED and _brief(e) == brief), after)

    def progresses(self, after: float) -> float | None:
        """When any brief of the run was next claimed or reported, or a pass concluded."""
        return _first((e for e in self.events if e.type in CLAIMED | REPORTED | CONCLUDED), after)

    def _of(self, types: set[str]) -> Iterable[tuple[int, Event]]:
        return ((place, event) for place, event in enumerate(self.events) if event.type in types)


def _brief(event: Event) -> str:
    return f"{event.run_id}.{event.data['pass']}.{event.data['number']}"


def _attempt(event: Event) -> Attempt:
    return _brief(event), event.data["attempts"]


def _first(events: Iterable[Event], after: float) -> float | None:
    return next((moment for event in events if (moment := _moment(event)) > after), None)


def _moment(event: Event) -> float:
    """When the server stored it, in Unix seconds: ids of a stream begin with it."""
    return int(event.event_id.partition("-")[0]) / 1000
