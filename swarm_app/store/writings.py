"""Writings: what models wrote of a run's passes, kept apart from what its workers found."""

import time

from swarm_app.contracts.research import Brief, Finding
from swarm_app.keys import Keys
from swarm_app.store.connection import Client
from swarm_app.store.scripts import Scripts


class Writings:
    """At most one for each pass. Its brief is claimed and reported as any other, see `Briefs`."""

    def __init__(self, client: Client, keys: Keys, scripts: Scripts, ttl: int) -> None:
        self._client = client
        self._keys = keys
        self._scripts = scripts
        self._ttl = ttl

    def open(self, brief: Brief) -> None:
        """Let a model write what a pass came to, its brief being stored.

        It asks for what the pass came to now: more than at first, where it was opened again.
        """
        key = self._keys.writing(brief.run_id, brief.pass_number)
        with self._client.pipeline() as pipe:
            pipe.hset(self._keys.brief(brief.brief_id), "brief", brief.model_dump_json())
            pipe.hset(key, "workers", 1)
            pipe.expire(key, self._ttl)
            pipe.execute()

    def is_closed(self, run_id: str, number: int) -> bool:
        """Whether what a model has not written of a pass by now is no longer waited for."""
        return bool(self._client.hexists(self._keys.writing(run_id, number), "closed_at"))

    def close(self, run_id: str, number: int) -> Finding | None:
        """What a model wrote of a pass; None if it had not when it was first asked for here.

        It is not given out any more, and what is reported from here on changes nothing.
        """
        keys = [self._keys.writing(run_id, number), self._keys.writings(run_id)]
        known, _ = self._scripts.close_pass(keys=keys, args=[time.time()])
        found = self.all(run_id)[: int(known)]
        return next((each for each in found if each.pass_number == number), None)

    def all(self, run_id: str) -> list[Finding]:
        """What models wrote for a run, failed attempts among them, as it came in."""
        ids = self._client.lrange(self._keys.writings(run_id), 0, -1)
        found = self._client.mget([self._keys.finding(finding_id) for finding_id in ids]) if ids else []
        return [Finding.model_validate_json(stored) for stored in found if stored]
