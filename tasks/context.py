"""The context a worker borrows: requests to the shards' queues, answered through the store."""

import json
import logging
import time
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from kombu.exceptions import KombuError

from shard.context import CHARS_PER_TOKEN
from shard.merge import WIDE, merge
from shard.statistics import Statistics, combined
from shard.terms import weighted_terms
from swarm_app import queues
from swarm_app.aliases import Aliases
from swarm_app.celery import app
from swarm_app.contracts.documents import Excerpt
from swarm_app.contracts.ids import finding_id
from swarm_app.errors import EngineError
from swarm_app.settings import current
from swarm_app.store.failures import OUTAGES
from swarm_app.store.store import Store
from tasks.claims import Held
from tasks.meter import StoreMeter
from tasks.slices import Slices

logger = logging.getLogger(__name__)

_PATIENCE = 5.0  # seconds before a silent shard is asked again


class BorrowedContext:
    """Implements `Context` for the shards of one run. One request asks every shard all queries at once."""

    def __init__(
        self,
        store: Store,
        shards: Sequence[str],
        aliases: Mapping[str, Mapping[str, str]],
        *,
        held: Held | None = None,
        slices: Slices | None = None,
        floor: float = WIDE,
    ) -> None:
        """``held`` limits its time; ``slices`` are those that other briefs of this process have warmed.

        No excerpt scores less than this share, ``floor``, of the best.
        """
        self._floor = floor
        self._store = store
        self._held = held
        self._slices = slices or Slices(store)
        self._shards = shards
        self._aliases = Aliases(aliases)
        self.meter = StoreMeter(
            store, held.brief.run_id if held else ""
        )  # without a brief, nothing is bought

    def keep(self, prompt: str, output: str) -> None:
        """Keep what a model was asked and handed in; see `Context`."""
        if self._held:
            self._store.receipts.put(finding_id(self._held.brief.brief_id), prompt, output)

    def search(
        self, queries: Sequence[str], *, tokens: int = 1000, scope: Sequence[str] = ()
    ) -> list[list[Excerpt]]:
        """Excerpts for each query from all shards, best first; see `Context`."""
        if not queries:
            return []
        answers = self._ask(queries, tokens, scope)
        budget = CHARS_PER_TOKEN * tokens
        places = range(len(queries))
        return [merge((found[place] for found in answers), budget, self._floor) for place in places]

    def read(self, path: str, start: int, end: int) -> Excerpt | None:
        """Lines of a document of the run; see `Context`."""
        for shard in reversed(self._shards):  # as `findings.versions`: the last shard that has it
            if sha256 := self._slices.version(shard, self._aliases.inside(shard, path)):
                return self._slices.read(path, sha256, start, end)
        return None

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
        collection = self._collection(queries)
        requests: dict[str, dict[str, object]] = {}
        for shard in shards:
            local = [self._aliases.inside(shard, prefix) for prefix in scope]
            requests[shard] = {"tokens": tokens, "scope": local, "collection": collection}
        try:
            _publish(request_id, queries, requests)
        except (KombuError, *OUTAGES) as error:  # the server is away: no reason for a brief to fail
            logger.warning("%s could not be asked, and will be asked again: %s", ", ".join(shards), error)
        return request_id

    def _collection(self, queries: Sequence[str]) -> Statistics:
        """What all the shards of the run, asked or not, know of the queries' words."""
        words = sorted({term for query in queries for term in weighted_terms(query)})
        return combined(Statistics(*counts) for counts in self._store.words.find(self._shards, words))

    def _understood(self, answer: dict[str, Any]) -> tuple[str, list[list[Excerpt]]]:
        shard = str(answer["shard"])
        return shard, [
            [self._aliases.outside(shard, Excerpt.model_validate(excerpt)) for excerpt in excerpts]
            for excerpts in answer["excerpts"]
        ]


def _publish(request_id: str, asked: Sequence[str], requests: Mapping[str, dict[str, object]]) -> None:
    """Queue a search at each shard, all in one batch.

    Without `task-sent` events: hundreds of them would bury the briefs in Flower.
    """
    with app.producer_or_acquire() as producer, producer.batch():
        for shard, options in requests.items():
            message = app.amqp.as_task_v2(
                f"{request_id}.{shard}",
                queues.TASK_SEARCH,
                [shard, request_id, list(asked)],
                options,
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
