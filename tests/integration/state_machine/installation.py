"""What all runs of these tests share."""

from dataclasses import dataclass

from swarm_app.contracts.documents import Document
from swarm_app.contracts.ids import new_run_id
from swarm_app.contracts.plan import PassSpec, Plan, Role
from swarm_app.contracts.run import Run
from swarm_app.settings import current
from swarm_app.store.store import Store
from tests.integration.clock import Clock
from tests.integration.state_machine.moments import Moments

LINE = "The archive changed since the old one had become too small for its records."
DOCUMENT = Document(path="a.md", sha256="ab" * 32, kind="text", size=9, lines=1, chars=len(LINE), tokens=9)
HOME = "home"  # the shard that plans and synthesises


@dataclass(frozen=True)
class Installation:
    """A server, and its time. ``store`` looks on: its calls are not counted among a driver's."""

    store: Store
    clock: Clock
    moments: Moments

    def run(
        self,
        *passes: PassSpec,
        run_id: str = "",
        deadline_s: float | None = None,
        max_briefs: int | None = None,
    ) -> Run:
        """A run of these passes, not stored yet."""
        return Run(
            run_id=run_id or new_run_id(),
            question="Why did it change?",
            plan=Plan(name="tiny", summary="For a test.", passes=passes),
            engine="none",
            shards=(HOME,),
            queued_at=self.clock.now,
            deadline_s=deadline_s,
            max_briefs=max_briefs,
        )

    def clear(self) -> None:
        """Forget everything."""
        left = list(self.store.client.scan_iter(f"{current().namespace}:*"))
        if left:
            self.store.client.delete(*left)


def spec(workers: int, quorum: int | None = None, synthesis: str = "") -> PassSpec:
    """A pass of so many workers."""
    return PassSpec(name="Signal", role=Role.SIGNAL, workers=workers, quorum=quorum, synthesis=synthesis)
