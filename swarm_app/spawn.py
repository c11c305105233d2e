"""Sending tasks one by one, outside of any run's passes, and again when their worker is gone."""

from swarm_app import queues
from swarm_app.celery import app
from swarm_app.contracts.research import Brief
from swarm_app.store.store import Store


def spawn(store: Store, brief: Brief, url: str | None = None) -> None:
    """Store a task and put it on its queue; ``url`` is the broker's, if it is not the app's own."""
    store.spawned.add(brief)
    _send(brief, url)


def send_lost(store: Store) -> None:
    """Send the tasks again that their workers have lost. Sent twice, one is still done once."""
    for brief in store.spawned.lost():
        _send(brief)


def _send(brief: Brief, url: str | None = None) -> None:
    with app.connection_for_write(url) as connection:
        app.send_task(
            queues.TASK_RESEARCH,
            args=(brief.brief_id,),
            task_id=brief.brief_id,
            queue=brief.queue,
            connection=connection,
            shadow=brief.pass_name,
            argsrepr=brief.angle,
            ignore_result=True,
        )
