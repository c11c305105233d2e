"""Messages as Celery makes them, whose tasks have one name in all their events."""

from typing import Any

from celery.app.amqp import AMQP


class Messages(AMQP):
    """Tells of a task that was sent by the name that its worker will tell it by, which is its shadow.

    Celery 5.7 tells of it by the function's name. A worker may begin before whoever sent the task says so,
    and Flower takes the name that it heard last.
    """

    def as_task_v2(
        self, task_id: str, name: str, *args: Any, shadow: str | None = None, **options: Any
    ) -> Any:
        """The message of a task."""
        message = super().as_task_v2(task_id, name, *args, shadow=shadow, **options)
        if message.sent_event and shadow:
            message.sent_event["name"] = shadow
        return message
