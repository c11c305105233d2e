"""Puts the moments into the processes of an installation; Python imports this file by its name as it starts.

The product knows nothing of it: functions are wrapped from outside, once a Celery worker has imported its
tasks.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from celery.signals import celeryd_init
from moments import come_by

# moment -> where it is: module, class or "", function, and whether it comes after the call rather than before
MOMENTS = {
    "storing": ("swarm_app.store.passes", "Passes", "open", False),
    "sending": ("tasks.drive", "", "launch", False),
    "sent": ("tasks.drive", "", "launch", True),
    "answered": ("swarm_app.store.briefs", "Briefs", "report", False),
    "reported": ("swarm_app.store.briefs", "Briefs", "report", True),
    "counted": ("celery.backends.redis", "RedisBackend", "on_chord_part_return", True),
    "concluding": ("tasks.drive", "", "_conclude", False),
    "synthesising": ("tasks.drive", "", "_conclude", True),
    "blocking": ("swarm_app.store.blockers", "Blockers", "block", False),
    "blocked": ("swarm_app.store.blockers", "Blockers", "block", True),
    "offered": ("swarm_app.store.blockers", "Blockers", "offer", True),
    "asked": ("swarm_app.store.assists", "Assists", "sent", True),
    "taking": ("swarm_app.store.assists", "Assists", "claim", False),
    "helping": ("swarm_app.store.assists", "Assists", "claim", True),
    "extracting": ("workers.extractive.engine", "ExtractiveEngine", "investigate", True),
    "solving": ("swarm_app.store.assists", "Assists", "solve", False),
    "solved": ("swarm_app.store.assists", "Assists", "solve", True),
    "failing": ("swarm_app.store.assists", "Assists", "fail", False),
    "failed": ("swarm_app.store.assists", "Assists", "fail", True),
    "resuming": ("tasks.relief", "", "again", True),
    "settling": ("swarm_app.store.blockers", "Blockers", "settlement", True),
    "acknowledging": ("celery.worker.request", "Request", "acknowledge", False),
    "concluded": ("swarm_app.store.passes", "Passes", "close", True),
}


def _held(moment: str, call: Callable[..., Any], *, after: bool) -> Callable[..., Any]:
    def held(*args: Any, **kwargs: Any) -> Any:
        if not after:
            come_by(moment)
        answer = call(*args, **kwargs)
        if after:
            come_by(moment)
        return answer

    return held


def _halved(put: Callable[..., Any]) -> Callable[..., Any]:
    """Briefs are stored in two steps, as those of a large pass are, with a moment between them."""

    def halved(self: Any, briefs: Sequence[Any]) -> None:
        put(self, briefs[:1])
        come_by("half-stored")
        put(self, briefs[1:])

    return halved


@celeryd_init.connect(weak=False)
def _put_in(**_: Any) -> None:
    for moment, (module, owner, name, after) in MOMENTS.items():
        place = getattr(import_module(module), owner) if owner else import_module(module)
        setattr(place, name, _held(moment, getattr(place, name), after=after))
    briefs = import_module("swarm_app.store.briefs").Briefs
    briefs.put = _halved(briefs.put)
