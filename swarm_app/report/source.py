"""What a report is built from: the part of the store that it reads."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from swarm_app.contracts.allocation import Withheld
from swarm_app.contracts.budget import Spending
from swarm_app.contracts.discoveries import Discoveries
from swarm_app.contracts.documents import Document
from swarm_app.contracts.research import Finding, Synthesis
from swarm_app.contracts.run import PassProgress, Progress, Run, Unused


class RunReader(Protocol):
    """Runs, and what came of them. Each method raises `UnknownError` when there is no such run."""

    def get(self, run_id: str) -> Run:
        """What was asked."""

    def progress(self, run_id: str) -> Progress:
        """Where the run stands."""

    def findings(self, run_id: str) -> Sequence[Finding]:
        """What the workers reported, in the order they did."""


class PassReader(Protocol):
    """The passes of runs."""

    def standings(self, run_id: str) -> Sequence[PassProgress]:
        """Where each pass stands, in order."""

    def syntheses(self, run_id: str) -> Sequence[Synthesis]:
        """What each finished pass concluded, in order."""


class WritingReader(Protocol):
    """What models wrote of passes."""

    def all(self, run_id: str) -> Sequence[Finding]:
        """All of it, as it came in."""


class DocumentReader(Protocol):
    """Document versions and their lines."""

    def get(self, sha256: str) -> Document | None:
        """One document version."""

    def lines(self, sha256: str, start: int, end: int) -> list[str] | None:
        """Lines ``start``–``end`` of it, each with its own line ending; None if there are none."""


class BudgetReader(Protocol):
    """What runs spend."""

    def spending(self, run_id: str) -> Sequence[Spending]:
        """What each engine of a run has spent, by its name."""


class AssistReader(Protocol):
    """What helpers did."""

    def unused(self, run_id: str) -> Mapping[str, Unused]:
        """What assists of a run took whose work was not used, by engine."""


class DiscoveryReader(Protocol):
    """The discovery log."""

    def counted(self, run_id: str) -> Discoveries:
        """What a run found there."""


class ConclusionReader(Protocol):
    """What passes tell coordinators."""

    def sizes(self, run_ids: Sequence[str]) -> Sequence[int]:
        """How many bytes the conclusions of each of these runs are so far."""


class AllocationReader(Protocol):
    """What limits did to the briefs of runs."""

    def withheld(self, run_id: str, passes: int) -> Sequence[Withheld]:
        """The briefs of the first ``passes`` passes that are not given out."""


class Source(Protocol):
    """`Store` is one; a test's memory is another."""

    @property
    def runs(self) -> RunReader:
        """Runs, and what came of them."""

    @property
    def passes(self) -> PassReader:
        """The passes of runs."""

    @property
    def budgets(self) -> BudgetReader:
        """What runs spend."""

    @property
    def writings(self) -> WritingReader:
        """What models wrote of passes."""

    @property
    def conclusions(self) -> ConclusionReader:
        """What passes tell coordinators."""

    @property
    def documents(self) -> DocumentReader:
        """Document versions and their lines."""

    @property
    def assists(self) -> AssistReader:
        """What helpers did."""

    @property
    def discoveries(self) -> DiscoveryReader:
        """The discovery log."""

    @property
    def allocations(self) -> AllocationReader:
        """What limits did to the briefs of runs."""
