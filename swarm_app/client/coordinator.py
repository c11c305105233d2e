"""`Coordinator`: asks, watches, and reads syntheses. What workers say to each other never reaches it."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

from swarm_app import queues
from swarm_app.celery import app
from swarm_app.client.boundary import Boundary
from swarm_app.client.given import Paths
from swarm_app.client.local import Local
from swarm_app.client.patience import Patience, silently
from swarm_app.client.swarm import Swarm
from swarm_app.contracts.research import Conclusion
from swarm_app.contracts.run import RunState
from swarm_app.errors import UnknownError, UsageError
from swarm_app.settings import Settings, current, load
from swarm_app.store.store import Store

_LATEST = 200  # runs whose findings are counted


class Coordinator:
    """The one who asks, with the face of the original's `SonnetCoordinator`.

    Its context holds conclusions only: all that its methods return is counted in `tokens`, and a run's part
    of it in the run's ``usage.coordinator_tokens``. Without ``redis_host`` it uses what everything here uses.
    """

    def __init__(
        self,
        redis_host: str | None = None,
        redis_port: int = 6379,
        *,
        start: bool = True,
        on_status: Callable[[str], None] | None = None,
    ) -> None:
        self.coordinator_id = f"coordinator_{uuid4().hex[:8]}"
        self._url = redis_host and f"redis://{redis_host}:{redis_port}/0"
        self._settings: Settings = load(redis_url=self._url) if self._url else current()
        self._store = Store(self._settings)
        self._local = Local(self._settings, self._store, start=start, on_status=on_status or silently)
        self._swarm = Swarm(start=start, on_status=on_status)
        self._boundary = Boundary(self._store, Patience(self._settings.start_timeout, on_status or silently))

    @property
    def tokens(self) -> int:
        """What reached this coordinator so far, at four bytes a token."""
        return -(-self._boundary.bytes // 4)

    def close(self) -> None:
        """Close the connections to the store."""
        self._swarm.close()
        self._store.close()

    def research(self, question: str, paths: Paths = (), **options: Any) -> str:
        """Queue a run, as `Swarm.research` does; returns its id."""
        if self._url:
            raise UsageError("A coordinator with a redis_host reads only. Set SWARM_REDIS_URL to ask there.")
        return self._boundary.received(self._swarm.research(question, paths, **options).run_id)

    def watch(self, run_id: str) -> Iterator[Conclusion]:
        """What each pass of a run comes to, live; the last pass brings the answer. Ends with the run."""
        self._local.server()
        run = self._store.runs.get(self._store.runs.resolve(run_id))
        yield from self._boundary.conclusions(run)

    def get_swarm_status(self) -> dict[str, Any]:
        """Every shard with what it holds, and findings and pending tasks of the latest runs at home there."""
        self._local.server()
        held = {shard.name: shard for shard in self._store.shards.all()}
        counts = self._store.counts.latest(_LATEST)
        shards = [
            {
                "shard_id": name,
                "specialization": name,
                "documents": shard.documents,
                "tokens": shard.tokens,
                "findings_count": sum(each.findings for each in counts if each.run.home == name),
                "pending_tasks": sum(each.pending for each in counts if each.run.home == name),
            }
            for name, shard in held.items()
        ]
        status = {"total_shards": len(shards), "shards": shards, "coordinator_id": self.coordinator_id}
        answer: dict[str, Any] = json.loads(self._boundary.received(json.dumps(status)))
        return answer

    def request_synthesis(self, shard_id: str, pass_name: str, instructions: str) -> str:
        """Ask a shard to put together a pass's findings by these instructions; returns an id to get it by.

        Of several runs that have such a pass, the latest one's. Raises `UnknownError` for no such shard.
        """
        self._local.server()
        self._local.shards([self._store.shards.get(shard_id)])
        synthesis_id = f"synthesis_{uuid4().hex[:12]}"
        with app.connection_for_write(self._url) as connection:
            app.send_task(
                queues.TASK_CONCLUDE,
                args=(shard_id, synthesis_id, pass_name, instructions),
                task_id=synthesis_id,
                queue=queues.shard_queue(shard_id),
                priority=queues.PRIORITY_SEARCH,
                connection=connection,
                shadow=f"Synthesis: {pass_name}"[:60],
                argsrepr=instructions,
                ignore_result=True,
            )
        return self._boundary.received(synthesis_id)

    def get_synthesis(self, synthesis_id: str, timeout: float = 60.0) -> Conclusion:
        """The requested synthesis, once; raises `TimeoutError`, or `UnknownError` for no such pass."""
        answer = next(self._store.replies.wait(synthesis_id, 1, timeout), None)
        if answer is None:
            raise TimeoutError(f"No answer to {synthesis_id} in {timeout:.0f} s; see `swarm status`.")
        told = json.loads(answer)
        if "reason" in told:
            raise UnknownError(f"{told['reason']}. `swarm show RUN` lists a run's passes.")
        return Conclusion.model_validate_json(self._boundary.received(json.dumps(told), told["run_id"]))

    def state(self, run_id: str) -> RunState:
        """Where a run stands."""
        self._local.server()
        state = self._store.runs.progress(self._store.runs.resolve(run_id)).state
        return RunState(self._boundary.received(state.value))
