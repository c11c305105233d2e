"""Passes as Celery chords, published in one batch.

`celery.chord` publishes its header one message at a time; on a server that syncs every write, that is a wait
for each. Here the same messages (same headers, same counting by the result backend) go out together, and a
pass that is sent again contains only what is missing.
"""

from collections.abc import Sequence
from uuid import uuid4

from celery.canvas import Signature

from swarm_app.celery import app


def launch(header: Sequence[Signature], body: Signature) -> None:
    """Send a chord: ``body`` runs once every task of ``header`` has ended. An empty header sends the body."""
    if not header:
        body.apply_async()
        return
    group_id = uuid4().hex
    body.freeze(body.options["task_id"], group_id=group_id)
    app.backend.set_chord_size(group_id, len(header))
    with app.producer_or_acquire() as producer, producer.batch():
        for index, task in enumerate(header):
            task.apply_async(
                producer=producer, group_id=group_id, group_index=index, chord=body, add_to_parent=False
            )
