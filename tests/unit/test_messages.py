"""What watchers are told of a task."""

import time
from typing import Any

import pytest
from celery import Celery
from celery.events.state import State


def sent(**options: Any) -> dict[str, Any]:
    """The event of a task that is sent as Celery sends it, but to nobody."""
    app = Celery(set_as_current=False, broker="memory://")
    app.amqp_cls = "swarm_app.messages:Messages"
    app.conf.task_send_sent_event = True
    events: list[dict[str, Any]] = []
    app.amqp.send_task_message = lambda producer, name, message, **_: events.append(message.sent_event)
    app.send_task("swarm.research", task_id="a", **options)
    return events[0]


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
