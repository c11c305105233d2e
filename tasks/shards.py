"""The shards' tasks: answer from memory."""

import json
from collections.abc import Mapping, Sequence

from shard.node import held
from shard.statistics import Statistics
from swarm_app import queues
from swarm_app.celery import app
from tasks.process import store


@app.task(name=queues.TASK_SEARCH, ignore_result=True, send_events=False, track_started=False)
def search(
    shard: str,
    request_id: str,
    queries: Sequence[str],
    *,
    tokens: int,
    scope: Sequence[str],
    collection: tuple[int, Mapping[str, Sequence[int]]],
) -> None:
    """Answer a request with the pieces of each query's excerpts, as JSON in the store.

    ``collection`` is the `Statistics` of all the shards that are asked, as JSON has them.
    """
    segments, counts = collection
    known = Statistics(segments, {term: tuple(each) for term, each in counts.items()})
    found = held(shard).pieces(queries, tokens=tokens, scope=scope, collection=known)
    excerpts = [[excerpt.model_dump() for excerpt in answer] for answer in found]
    store().replies.send(request_id, json.dumps({"shard": shard, "excerpts": excerpts}))
