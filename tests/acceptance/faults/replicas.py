"""Two processes that serve one shard: the supervisor's, and one that somebody has started beside it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from swarm_app.contracts.nodes import Node
from swarm_app.keys import Keys
from tests.acceptance.faults.trial import Trial
from tests.acceptance.faults.waiting import wait_until
from tests.acceptance.stack_helpers import ended


class Replicas:
    """The supervisor starts its own again, `revive` the other."""

    def __init__(self, trial: Trial, stack: ExitStack) -> None:
        self._trial = trial
        self._stack = stack
        trial.wait_for_end(trial.start(1))  # loads the shard, and has the supervisor serve it
        (self.shard,) = trial.store.shards.all()
        self._serve()

    def nodes(self) -> list[Node]:
        """Those that live and hold the shard."""
        alive = self._trial.store.nodes.alive()
        return [node for node in alive if self.shard.name in node.holds and not ended(node.pid)]

    def elected(self) -> Node:
        """The one that looks after the runs."""
        key = Keys(self._trial.settings.namespace).recovery()
        wait_until(lambda: self._named(key), "a replica is elected")
        return self._named(key)[0]

    def _named(self, key: str) -> list[Node]:
        return [node for node in self.nodes() if node.name == self._trial.store.client.get(key)]

    def oldest(self) -> Node:
        """The one that was started first."""
        return min(self.both(), key=lambda node: node.started_at)

    def revive(self, pid: int) -> None:
        """Have another in the place of one that was killed or told to stop."""
        wait_until(lambda: ended(pid), "the replica ends")
        if pid == self._own.pid:
            self._own.wait()
            self._serve()
        self.both()

    def both(self) -> list[Node]:
        """Both, once they serve."""
        wait_until(lambda: len(self.nodes()) == 2, "two replicas serve")
        return self.nodes()

    def _serve(self) -> None:
        command = ("swarm", "shard", "serve", self.shard.name)
        self._own = self._stack.enter_context(self._trial.installation.process(*command))
        self.both()


@contextmanager
def replicas(trial: Trial) -> Iterator[Replicas]:
    """Two of them, from here on."""
    with ExitStack() as stack:
        yield Replicas(trial, stack)
