"""The context a worker borrows: requests to the shards' queues, answered through the store."""

import json
import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from kombu.exceptions import KombuError

from swarm_app import queues
from swarm_app.aliases import Aliases
from swarm_app.celery import app
from swarm_app.contracts.documents import Excerpt
from swarm_app.contracts.run import Run
from swarm_app.errors import EngineError
from swarm_app.findings import versions
from swarm_app.settings import current
from swarm_app.store.connection import OUTAGES
from swarm_app.store.store import Store
from tasks.claims import Held
from tasks.meter import StoreMeter

logger = logging.getLogger(__name__)

_PATIENCE = 5.0  # seconds before a silent shard is asked again


class BorrowedContext:
    """Implements `Context` for the shards of one run. One request asks every shard all queries at once."""

    def __init__(self, store: Store, run: Run, held: Held | None = None) -> None:
        self._store = store
        self._held = held
        self._run = run
        self.meter = StoreMeter(store, run.run_id)
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

    @property
    def remaining(self) -> float:
        """Seconds left; see `Context`."""
        return self._held.remaining if self._held else float(current().search_timeout)

    def _ask(self, queries: Sequence[str], tokens: int, scope: Sequence[str]) -> list[list[list[Excerpt]]]:
        """Every shard's answer. A shard that is silent is asked again: its node may have been restarted."""
        answers: dict[str, list[list[Excerpt]]] = {}
        began = time.monotonic()
        while silent := [shard for shard in self._shards if shard not in answers]:
            waited = time.monotonic() - began
            if waited > current().search_timeout or not self.remaining:
                raise EngineError(
                    f"No answer from {', '.join(silent)} in {waited:.0f} s; see `swarm status`."
                )
            request_id = self._send(silent, queries, tokens, scope)
            patience = min(_PATIENCE, self.remaining) or 0.1
            for answer in self._store.replies.wait(request_id, len(silent), patience):
                shard, found = self._understood(json.loads(answer))
                answers[shard] = found
        return [answers[shard] for shard in self._shards]

    def _send(self, shards: Sequence[str], queries: Sequence[str], tokens: int, scope: Sequence[str]) -> str:
        request_id = uuid4().hex
        requests: dict[str, list[object]] = {}
        for shard in shards:
            local = [self._aliases.inside(shard, prefix) for prefix in scope]
            requests[shard] = [request_id, list(queries), tokens, local]
        try:
            _publish(request_id, requests)
        except (KombuError, *OUTAGES) as error:  # the server is away: no reason for a brief to fail
            logger.warning("%s could not be asked, and will be asked again: %s", ", ".join(shards), error)
        return request_id

    def _understood(self, answer: dict[str, Any]) -> tuple[str, list[list[Excerpt]]]:
        shard = str(answer["shard"])
        return shard, [
            [self._aliases.outside(shard, Excerpt.model_validate(excerpt)) for excerpt in excerpts]
            for excerpts in answer["excerpts"]
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


def _publish(request_id: str, requests: Mapping[str, list[object]]) -> None:
    """Queue a search at each shard, all in one batch.

    Without `task-sent` events: hundreds of them would bury the briefs in Flower.
    """
    with app.producer_or_acquire() as producer, producer.batch():
        for shard, args in requests.items():
            message = app.amqp.as_task_v2(
                f"{request_id}.{shard}",
                queues.TASK_SEARCH,
                [shard, *args],
                {},
                ignore_result=True,
                create_sent_event=False,
            )
            app.amqp.send_task_message(
                producer,
                queues.TASK_SEARCH,
                message,
                queue=queues.shard_queue(shard),
                priority=queues.PRIORITY_SEARCH,
            )


def _cut(store: Store, path: str, sha256: str, start: int, end: int) -> Excerpt | None:
    found = store.documents.slice(sha256, start, end)
    if found is None:
        return None
    lines, first = found
    text = "".join(lines)
    return Excerpt(
        path=path,
        sha256=sha256,
        start=start,
        end=start + len(lines) - 1,
        start_char=first,
        end_char=first + len(text),
        text=text,
    )
