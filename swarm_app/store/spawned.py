"""Tasks that were spawned one by one: no pass waits for them, so no driver sees to it that they are done."""

import time
from collections.abc import Iterator

from swarm_app.contracts.research import Brief
from swarm_app.contracts.run import BriefState
from swarm_app.keys import Keys
from swarm_app.store.briefs import Briefs, Standing
from swarm_app.store.connection import Client


class Spawned:
    """Those that are not reported yet, for whoever looks for work."""

    def __init__(self, client: Client, keys: Keys, briefs: Briefs, ttl: int) -> None:
        self._client = client
        self._keys = keys
        self._briefs = briefs
        self._ttl = ttl

    def add(self, brief: Brief) -> None:
        """Store a task, before it is sent."""
        self._briefs.put([brief])
        with self._client.pipeline() as pipe:
            pipe.sadd(self._keys.spawned(), brief.brief_id)
            pipe.expire(self._keys.spawned(), self._ttl)
            pipe.execute()

    def lost(self) -> Iterator[Brief]:
        """The tasks whose lease ran out, to be sent again; each is taken back once that is done."""
        standings = self._briefs.standings(sorted(self._client.smembers(self._keys.spawned())))
        if done := [each.brief_id for each in standings if each.state is BriefState.REPORTED]:
            self._client.srem(self._keys.spawned(), *done)
        for brief in self._briefs.get([each.brief_id for each in standings if _has_lapsed(each)]):
            yield brief
            self._briefs.expire(brief.brief_id)


def _has_lapsed(standing: Standing) -> bool:
    return standing.state is BriefState.CLAIMED and standing.lease_until <= time.time()
