"""The context a worker borrows: requests to the shards' queues, answered through the store."""

import json
import logging
import time
from collections.abc import Mapping, Sequence
from hashlib import sha256
from uuid import uuid4

from kombu.entity import TRANSIENT_DELIVERY_MODE
from kombu.exceptions import KombuError
from pydantic import TypeAdapter

from shard.merge import WIDE, merge
from shard.statistics import Statistics, combined
from shard.terms import weighted_terms
from swarm_app import queues
from swarm_app.aliases import Aliases
from swarm_app.celery import app
from swarm_app.claims import Held
from swarm_app.contracts.discoveries import Inquiry, Sort
from swarm_app.contracts.documents import Excerpt, ShardAnswer
from swarm_app.contracts.ids import finding_id
from swarm_app.documents.text import CHARS_PER_TOKEN
from swarm_app.errors import EngineError
from swarm_app.settings import current
from swarm_app.store.failures import OUTAGES
from swarm_app.store.store import Store
from tasks.batch import batch
from tasks.discoveries import StoreLog
from tasks.meter import StoreMeter
from tasks.slices import Slices

logger = logging.getLogger(__name__)

_PATIENCE = 5.0  # seconds before a silent shard is asked again
_SEARCH_S = 5.0  # seconds after which a search counts as lost with whoever began it
_EXCERPTS = TypeAdapter(list[list[Excerpt]])


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
        self._names = {shard: dict(names) for shard, names in aliases.items()}
        self._aliases = Aliases(aliases)
        self.log = StoreLog(store, held)
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
        inquiry = self._inquiry(queries, tokens, scope)
        result = self.log.once(inquiry, lambda: self._found(queries, tokens, scope), lambda: self.remaining)
        return _EXCERPTS.validate_json(result)

    def read(self, path: str, start: int, end: int) -> Excerpt | None:
        """Lines of a document of the run; see `Context`."""
        for shard in reversed(self._shards):  # as `findings.versions`: the last shard that has it
            if version := self._slices.version(shard, self._aliases.inside(shard, path)):
                self.log.excerpt(warm=self._slices.holds(path, version, start, end))
                return self._slices.read(path, version, start, end)
        return None

    @property
    def remaining(self) -> float:
        """Seconds left; see `Context`."""
        return self._held.remaining if self._held else float(current().search_timeout)

    def _inquiry(self, queries: Sequence[str], tokens: int, scope: Sequence[str]) -> Inquiry:
        """All that decides what a search finds; what the shards hold decides the rest."""
        asked = [list(self._shards), self._names, self._floor, list(queries), tokens, list(scope)]
        signature = sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
        return Inquiry(sort=Sort.SEARCH, signature=signature, shards=tuple(self._shards), most_s=_SEARCH_S)

    def _found(self, queries: Sequence[str], tokens: int, scope: Sequence[str]) -> tuple[str, str]:
        """The best of all shards' answers, as JSON, and the shards' versions that answered."""
        answers = self._ask(queries, tokens, scope)
        budget = CHARS_PER_TOKEN * tokens
        places = range(len(queries))
        found = [
            merge((self._outside(each, place) for each in answers), budget, self._floor) for place in places
        ]
        basis = ",".join(str(each.version) for each in answers)
        return _EXCERPTS.dump_json(found).decode(), basis

    def _ask(self, queries: Sequence[str], tokens: int, scope: Sequence[str]) -> list[ShardAnswer]:
        """Every shard's answer. A shard that is silent is asked again: its node may have been restarted."""
        answers: dict[str, ShardAnswer] = {}
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
                said = ShardAnswer.model_validate_json(answer)
                answers[said.shard] = said
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

    def _outside(self, answer: ShardAnswer, place: int) -> list[Excerpt]:
        """What a shard found for one of the queries, by the paths of the run."""
        return [self._aliases.outside(answer.shard, piece) for piece in answer.excerpts[place]]


def _publish(request_id: str, asked: Sequence[str], requests: Mapping[str, dict[str, object]]) -> None:
    """Queue a search at each shard, all in one batch; transient, since it will be asked for again.

    Without `task-sent` events: hundreds of them would bury the briefs in Flower.
    """
    with batch() as producer:
        for shard, options in requests.items():
            message = app.amqp.as_task_v2(
                f"{request_id}.{shard}",
                queues.TASK_SEARCH,
                [shard, request_id, list(asked)],
                options,
                ignore_result=True,
                create_sent_event=False,
                argsrepr=request_id,
                kwargsrepr="",
            )
            app.amqp.send_task_message(
                producer,
                queues.TASK_SEARCH,
                message,
                queue=queues.shard_queue(shard),
                priority=queues.PRIORITY_SEARCH,
                delivery_mode=TRANSIENT_DELIVERY_MODE,
                declare=(),
            )
