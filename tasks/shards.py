"""The shards' tasks: answer from memory."""

import json
from collections.abc import Sequence

from shard.node import held
from swarm_app import queues
from swarm_app.celery import app
from tasks.process import store


@app.task(name=queues.TASK_SEARCH, ignore_result=True, send_events=False, track_started=False)
def search(shard: str, request_id: str, queries: Sequence[str], tokens: int, scope: Sequence[str]) -> None:
    """Answer a request with each query's excerpts, as JSON in the store."""
    found = held(shard).search(queries, tokens=tokens, scope=scope)
    excerpts = [[excerpt.model_dump() for excerpt in answer] for answer in found]
    store().replies.send(request_id, json.dumps({"shard": shard, "excerpts": excerpts}))
