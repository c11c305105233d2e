"""Messages as Celery makes them, whose tasks have one name in all their events."""

from typing import Any

from celery.app.amqp import AMQP


class Messages(AMQP):
    """Tells of a task that was sent by the name that its worker will tell it by, which is its shadow.

    Celery 5.7 tells of it by the function's name. A worker may begin before whoever sent the task says so,
    and Flower takes the name that it heard last.
    """

    def as_task_v2(self, *args: Any, **options: Any) -> Any:
        """The message of a task."""
        message = super().as_task_v2(*args, **options)
        if message.sent_event:
            message.sent_event["name"] = message.headers["shadow"] or message.headers["task"]
        return message
