"""Passes as Celery chords, published in one batch.

`celery.chord` publishes its header one message at a time; on a server that syncs every write, that is a wait
for each. Here the same messages (same headers, same counting by the result backend) go out together, and a
pass that is sent again contains only what is missing.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from celery.canvas import Signature

from swarm_app import queues
from swarm_app.celery import app
from swarm_app.contracts.ids import synthesis_id
from swarm_app.contracts.research import Brief
from swarm_app.contracts.run import Run
from tasks.batch import batch


def launch(run: Run, number: int, briefs: Sequence[Brief]) -> None:
    """Send briefs of a pass as a chord whose body concludes the pass; without briefs, send the body."""
    if not briefs:
        send_body(run, number)
        return
    group_id = uuid4().hex
    body = _body(run, number)
    body.freeze(body.options["task_id"], group_id=group_id)
    app.backend.set_chord_size(group_id, len(briefs))
    with batch() as producer:
        for index, brief in enumerate(briefs):
            _header(brief).apply_async(
                producer=producer, group_id=group_id, group_index=index, chord=body, add_to_parent=False
            )


def again(brief: Brief, place: Mapping[str, Any]) -> None:
    """Send a brief's message again, for the place in its chord that it had; without one, by itself."""
    body = place.get("chord")
    _header(brief).apply_async(
        group_id=place.get("group"),
        group_index=place.get("group_index"),
        chord=body and app.signature(body),
        add_to_parent=False,
    )


def place(request: Any) -> dict[str, Any]:
    """Where the message of a task stands in its chord."""
    return {name: getattr(request, name) for name in ("chord", "group", "group_index")}


def waiting(names: Sequence[str]) -> dict[str, int]:
    """How many messages wait in each queue.

    Declared rather than asked for passively: on Redis, an empty queue is one that does not exist.
    """
    with app.connection_for_write() as connection, connection.channel() as channel:
        return {name: int(channel.queue_declare(name).message_count) for name in names}


def is_empty(queue: str) -> bool:
    """Whether no message waits in a queue."""
    return waiting([queue])[queue] == 0


def send_body(run: Run, number: int) -> None:
    """Send a pass's synthesis by itself; it does nothing while briefs are missing."""
    _body(run, number).apply_async()


def _header(brief: Brief) -> Signature:
    return app.signature(
        queues.TASK_RESEARCH,
        args=(brief.brief_id,),
        task_id=brief.brief_id,
        queue=brief.queue,
        priority=queues.PRIORITY_BRIEF,
        shadow=brief.pass_name,
        argsrepr=f"{brief.number} of {brief.of}: {brief.angle}",
        kwargsrepr=brief.run_id,
        ignore_result=True,
    )


def _body(run: Run, number: int) -> Signature:
    name = run.plan.passes[number - 1].name
    return app.signature(
        queues.TASK_SYNTHESISE,
        args=(run.run_id, number),
        immutable=True,
        task_id=synthesis_id(run.run_id, number),
        queue=queues.shard_queue(run.home),
        priority=queues.PRIORITY_DRIVE,
        shadow=f"Synthesis: {name}",
        argsrepr=f"pass {number} of {len(run.plan.passes)}: {run.question}",
        kwargsrepr=run.run_id,
        ignore_result=True,
    )
