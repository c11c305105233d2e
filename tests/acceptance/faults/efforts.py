"""A run's events, read as what became of its blocked briefs and of the assists that were offered for them."""

from collections import Counter
from collections.abc import Sequence

from swarm_app.contracts.run import Event

Key = tuple[int, int, int]  # pass, brief and assist

_ANSWERS = {"assist.solved", "assist.part", "assist.failed"}
_OUTCOMES = {"assist.solved", "brief.escalated"}


class Efforts:
    """The stream's order decides; no clock is asked."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._events = events

    @property
    def claimed_again(self) -> int:
        """How often an assist was given out beyond once each."""
        return sum(count - 1 for count in self._counted("assist.claimed").values())

    @property
    def after_the_answer(self) -> list[Event]:
        """Assists given out or answered that had been answered, or whose brief was settled."""
        answered, settled, found = set[Key](), set[tuple[int, int]](), list[Event]()
        for event in self._events:
            if event.type in _ANSWERS | {"assist.claimed"}:
                if _key(event) in answered or _brief(event) in settled:
                    found.append(event)
                answered |= {_key(event)} if event.type in _ANSWERS else set()
            settled |= {_brief(event)} if event.type in _OUTCOMES else set()
        return found

    @property
    def outcomes(self) -> Counter[tuple[int, int]]:
        """How often each blocked brief was settled."""
        return Counter(_brief(event) for event in self._events if event.type in _OUTCOMES)

    def _counted(self, kind: str) -> Counter[Key]:
        return Counter(_key(event) for event in self._events if event.type == kind)


def _brief(event: Event) -> tuple[int, int]:
    return event.data["pass"], event.data["number"]


def _key(event: Event) -> Key:
    return *_brief(event), event.data["assist"]
