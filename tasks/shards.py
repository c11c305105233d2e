"""The shards' tasks: answer from memory."""

from collections.abc import Mapping, Sequence

from shard.answers import Answers
from shard.node import held
from shard.statistics import Statistics
from swarm_app import queues
from swarm_app.celery import app
from swarm_app.contracts.documents import ShardAnswer
from swarm_app.inventory import tallies, versions
from tasks.process import store

_answers = Answers()


@app.task(
    name=queues.TASK_SEARCH, ignore_result=True, send_events=False, track_started=False, acks_late=False
)
def search(
    shard: str,
    request_id: str,
    asked: Sequence[str],
    *,
    tokens: int,
    scope: Sequence[str],
    collection: tuple[int, Mapping[str, Sequence[int]]],
) -> None:
    """Answer a request with the pieces of each query's excerpts, as JSON in the store.

    ``collection`` is the `Statistics` of all the shards of a run, as JSON has them. Acknowledged early:
    whoever asks does not wait for this message to be delivered again, but asks again.
    """
    known = Statistics(collection[0], {term: tuple(counts) for term, counts in collection[1].items()})
    version = versions().get(shard, 0)
    key = (shard, version, tuple(asked), tokens, tuple(scope), repr(collection))

    def found() -> str:
        pieces = held(shard).pieces(asked, tokens=tokens, scope=scope, collection=known)
        return ShardAnswer(shard=shard, version=version, excerpts=pieces).model_dump_json()

    answer = _answers.get(key, found)
    tallies.update(cache_hits=_answers.hits, cache_misses=_answers.misses)
    store().replies.send(request_id, answer)
