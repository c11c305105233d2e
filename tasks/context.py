"""The context a worker borrows: requests to the shards' queues, answered through the store."""

import json
from collections.abc import Iterable, Sequence
from uuid import uuid4

from swarm_app import queues
from swarm_app.aliases import Aliases
from swarm_app.celery import app
from swarm_app.contracts.documents import Excerpt
from swarm_app.contracts.run import Run
from swarm_app.errors import EngineError
from swarm_app.findings import versions
from swarm_app.settings import current
from swarm_app.store.store import Store


class BorrowedContext:
    """Implements `Context` for the shards of one run. One request asks every shard all queries at once."""

    def __init__(self, store: Store, run: Run) -> None:
        self._store = store
        self._run = run
        self._shards = run.shards
        self._aliases = Aliases(run.aliases)

    def search(
        self, queries: Sequence[str], *, tokens: int = 1000, scope: Sequence[str] = ()
    ) -> list[list[Excerpt]]:
        """Excerpts for each query from all shards, best first; see `Context`."""
        if not queries:
            return []
        answers = self._ask(queries, tokens, scope)
        return [best((found[place] for found in answers), tokens) for place in range(len(queries))]

    def read(self, path: str, start: int, end: int) -> Excerpt | None:
        """Lines of a document of the run; see `Context`."""
        sha256 = versions(self._store, self._run, [path]).get(path)
        return _cut(self._store, path, sha256, start, end) if sha256 else None

    def _ask(self, queries: Sequence[str], tokens: int, scope: Sequence[str]) -> list[list[list[Excerpt]]]:
        request_id = uuid4().hex
        for shard in self._shards:
            local = [self._aliases.inside(shard, prefix) for prefix in scope]
            _send(shard, request_id, [request_id, list(queries), tokens, local])
        timeout = current().search_timeout
        answers = list(self._store.replies.wait(request_id, len(self._shards), timeout))
        if len(answers) < len(self._shards):
            raise EngineError(
                f"{len(self._shards) - len(answers)} of {len(self._shards)} shards did not answer within "
                f"{timeout} s. `swarm status` shows which are alive."
            )
        return [self._outside(json.loads(answer)) for answer in answers]

    def _outside(self, answer: dict[str, object]) -> list[list[Excerpt]]:
        shard, found = str(answer["shard"]), answer["excerpts"]
        assert isinstance(found, list)
        return [
            [self._aliases.outside(shard, Excerpt.model_validate(excerpt)) for excerpt in excerpts]
            for excerpts in found
        ]


def best(answers: Iterable[Sequence[Excerpt]], tokens: int) -> list[Excerpt]:
    """The best of several shards' excerpts, together at most ``4 * tokens`` characters."""
    budget = 4 * tokens
    kept: list[Excerpt] = []
    ranked = sorted((excerpt for found in answers for excerpt in found), key=lambda excerpt: -excerpt.score)
    for excerpt in ranked:
        if len(excerpt.text) <= budget:
            kept.append(excerpt)
            budget -= len(excerpt.text)
    return kept


def _send(shard: str, request_id: str, args: list[object]) -> None:
    """Queue a search without a `task-sent` event: hundreds of them would bury the briefs in Flower."""
    message = app.amqp.as_task_v2(
        f"{request_id}.{shard}",
        queues.TASK_SEARCH,
        [shard, *args],
        {},
        ignore_result=True,
        create_sent_event=False,
    )
    with app.producer_or_acquire() as producer:
        app.amqp.send_task_message(
            producer,
            queues.TASK_SEARCH,
            message,
            queue=queues.shard_queue(shard),
            priority=queues.PRIORITY_SEARCH,
        )


def _cut(store: Store, path: str, sha256: str, start: int, end: int) -> Excerpt | None:
    lines = store.documents.lines(sha256, 1, end) if 1 <= start <= end else None
    if not lines or len(lines) < start:
        return None
    before, wanted = "".join(lines[: start - 1]), "".join(lines[start - 1 :])
    return Excerpt(
        path=path,
        sha256=sha256,
        start=start,
        end=len(lines),
        start_char=len(before),
        end_char=len(before) + len(wanted),
        text=wanted,
    )
