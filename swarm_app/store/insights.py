"""Findings as insights: which topics name which, and which of them a brief began with."""

import time
from collections.abc import Sequence
from contextlib import suppress

from pydantic import ValidationError

from swarm_app.contracts.research import Finding
from swarm_app.keys import Keys
from swarm_app.settings import Settings
from swarm_app.store.connection import Client

KEPT = 500  # of one topic

_GIVEN = "insights"  # a brief's field


class Insights:
    """Written by the report of each finding, in the same step; read by peers."""

    def __init__(self, client: Client, keys: Keys, settings: Settings) -> None:
        self._client = client
        self._keys = keys
        self._ttl = settings.run_ttl
        self._age = settings.insight_ttl

    def newest(self, topics: Sequence[str], most: int) -> list[list[str]]:
        """The ids of the ``most`` newest findings of each topic, the newest first."""
        oldest = time.time() - self._age
        with self._client.pipeline(transaction=False) as pipe:
            for topic in topics:
                pipe.zrange(
                    self._keys.insights(topic), "+inf", oldest, desc=True, byscore=True, offset=0, num=most
                )
            found: list[list[str]] = pipe.execute()
        return found

    def findings(self, finding_ids: Sequence[str]) -> list[Finding]:
        """Those of these findings that are remembered, in order; none that another version wrote."""
        keys = [self._keys.finding(finding_id) for finding_id in finding_ids]
        found: list[Finding] = []
        for stored in filter(None, self._client.mget(keys) if keys else []):
            with suppress(ValidationError):
                found.append(Finding.model_validate_json(stored))
        return found

    def given(self, brief_id: str) -> list[str] | None:
        """The findings that a brief began with; None if it has not begun."""
        stored = self._client.hget(self._keys.brief(brief_id), _GIVEN)
        return None if stored is None else [each for each in stored.split(",") if each]

    def give(self, brief_id: str, finding_ids: Sequence[str]) -> list[str]:
        """Note what a brief begins with; returns what it began with when it was first given out."""
        key = self._keys.brief(brief_id)
        with self._client.pipeline() as pipe:
            pipe.hsetnx(key, _GIVEN, ",".join(finding_ids))
            pipe.hget(key, _GIVEN)
            pipe.expire(key, self._ttl)
            stored = pipe.execute()[1]
        return [each for each in stored.split(",") if each]
