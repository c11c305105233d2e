"""Discoveries: what was searched and what models answered, by signature, once for all who ask the same."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from swarm_app.contracts.discoveries import Answered, Discoveries, Discovery, Inquiry, Outcome, Sort
from swarm_app.keys import Keys
from swarm_app.settings import Settings
from swarm_app.store.connection import Client
from swarm_app.store.scripts import Scripts

MOST_BYTES = 256_000  # of one result: some sixty excerpts of 1,000 tokens
ROOM = 64_000_000  # bytes kept within one TTL; at worst twice as many are held
MOMENT = 10  # seconds, in which those who wait fetch what there is no room for
MOST_FAILURES = 2  # askers that fail before the others no longer wait for one another

_COUNTS = [f"{sort}_{kind}" for sort in Sort for kind in ("hits", "misses")]


@dataclass(frozen=True)
class Asker:
    """On whose behalf somebody asks: an attempt at a brief, or nobody's."""

    run_id: str = ""
    brief_id: str = ""
    attempt: int = 0


class DiscoveryStore:
    """The log of discoveries, shared by all processes."""

    def __init__(self, client: Client, keys: Keys, scripts: Scripts, settings: Settings) -> None:
        self._client = client
        self._keys = keys
        self._scripts = scripts
        self._ttl = settings.discovery_ttl
        self._run_ttl = settings.run_ttl

    def ask(self, inquiry: Inquiry, asker: Asker) -> Answered:
        """What is known of an inquiry; see ask.lua. With a TTL of 0 nothing is shared."""
        if not self._ttl:
            return Answered(outcome=Outcome.APART)
        of_brief = (self._keys.brief(asker.brief_id), asker.attempt) if asker.brief_id else ("", "")
        kept_for = asker.run_id if inquiry.sort is Sort.CALL else ""
        outcome, *told = self._scripts.ask(
            keys=[
                self._keys.discovery(inquiry.signature),
                self._keys.discoveries(asker.run_id),
                *map(self._keys.shard, inquiry.shards),
            ],
            args=[
                *(inquiry.inquiry_id, time.time(), inquiry.most_s, *of_brief, kept_for),
                *(inquiry.sort.value, self._run_ttl, MOST_FAILURES),
            ],
        )
        return _answered(Outcome(outcome), told)

    def keep(self, inquiry: Inquiry, basis: str, discovery: Discovery) -> bool:
        """Keep what was found out; False if it is not to be had by others."""
        kept = self._ttl and self._scripts.keep(
            keys=[self._keys.discovery(inquiry.signature), self._keys.room()],
            args=[
                *(basis, discovery.result, discovery.tokens, discovery.cost_usd),
                *(self._ttl, MOST_BYTES, ROOM, MOMENT),
            ],
        )
        return bool(kept)

    def drop(self, inquiry: Inquiry, *, failed: bool) -> None:
        """Leave an inquiry to others."""
        if self._ttl:
            key = self._keys.discovery(inquiry.signature)
            self._scripts.drop(keys=[key], args=[inquiry.inquiry_id, int(failed)])

    def count(self, run_id: str, sort: Sort, *, hits: int, misses: int) -> None:
        """Count what was found, or had to be found out, elsewhere than in the log."""
        key = self._keys.discoveries(run_id)
        with self._client.pipeline() as pipe:
            pipe.hincrby(key, f"{sort}_hits", hits)
            pipe.hincrby(key, f"{sort}_misses", misses)
            pipe.expire(key, self._run_ttl)
            pipe.execute()

    def counted(self, run_id: str = "") -> Discoveries:
        """What a run found here, and what that saved; without one, what was asked outside of runs."""
        return _counted(self._client.hmget(self._keys.discoveries(run_id), _FIELDS))


_FIELDS = [*_COUNTS, "saved_tokens", "saved_usd"]


def _answered(outcome: Outcome, told: Sequence[str]) -> Answered:
    if outcome is Outcome.FOUND:
        result, tokens, cost = told
        found = Discovery(result=result, tokens=int(tokens), cost_usd=float(cost))
        return Answered(outcome=outcome, found=found)
    return Answered(outcome=outcome, basis=told[0] if told else "")


def _counted(stored: Sequence[str | None]) -> Discoveries:
    fields = dict(zip(_FIELDS, (value or "0" for value in stored), strict=True))
    ratios = {sort.value: {kind: fields[f"{sort}_{kind}"] for kind in ("hits", "misses")} for sort in Sort}
    saved = {name: fields[name] for name in ("saved_tokens", "saved_usd")}
    return Discoveries.model_validate(ratios | saved)
