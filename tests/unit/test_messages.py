"""What watchers are told of a task."""

import time
from typing import Any

import pytest
from celery import Celery
from celery.events.state import State

from swarm_app.messages import Messages


def sent(**options: Any) -> dict[str, Any]:
    messages = Messages(Celery(set_as_current=False))
    message = messages.as_task_v2("a", "swarm.research", create_sent_event=True, **options)
    event: dict[str, Any] = message.sent_event
    return event


@pytest.mark.parametrize("late", [False, True])
def test_a_task_keeps_its_name_however_late_its_sender_tells_of_it(late: bool) -> None:
    events = [("task-sent", sent(shadow="Rigor")), ("task-received", {"uuid": "a", "name": "Rigor"})]
    state = State()
    for clock, (kind, fields) in enumerate(reversed(events) if late else events):
        told = {"hostname": "w", "timestamp": time.time(), "local_received": time.time(), "clock": clock}
        state.event({"type": kind} | told | fields)
    assert state.tasks["a"].name == "Rigor"


def test_a_task_without_a_shadow_is_told_of_by_its_own_name() -> None:
    assert sent()["name"] == "swarm.research"
