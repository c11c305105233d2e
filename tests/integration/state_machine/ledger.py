"""What was seen from outside of what happened to a run's briefs."""

from collections import Counter
from dataclasses import dataclass, field

from swarm_app.contracts.documents import Citation
from swarm_app.contracts.help import Outcome
from swarm_app.contracts.ids import finding_id
from swarm_app.contracts.research import Brief, Claim, Finding, Kind
from tests.integration.state_machine.installation import DOCUMENT, LINE

CITED = Citation(path=DOCUMENT.path, start=1, end=1, quote=LINE, sha256=DOCUMENT.sha256)


@dataclass
class Ledger:
    """Counts what the store should have counted."""

    executed: Counter[str] = field(default_factory=Counter)  # brief id -> times it was given out
    reports: dict[str, str] = field(default_factory=dict)  # brief id -> the summary first reported
    writings: dict[str, str] = field(default_factory=dict)  # the same, of what passes came to
    unwritten: set[str] = field(default_factory=set)  # brief ids of writings that failed
    closed_before: dict[str, int] = field(default_factory=dict)  # brief id -> passes closed before its report
    blocked: set[str] = field(default_factory=set)  # brief ids
    settled: dict[str, Outcome] = field(default_factory=dict)  # brief id -> how its blocker first ended
    too_late: int = 0  # briefs blocked once their pass was closed
    resumed: set[str] = field(default_factory=set)  # brief ids
    discarded: int = 0
    reused: int = 0


@dataclass(frozen=True)
class Work:
    """What a worker has, or thinks it has."""

    brief: Brief
    attempt: int

    @property
    def brief_id(self) -> str:
        """The brief's."""
        return self.brief.brief_id

    def finding(self, summary: str, kind: Kind, at: float) -> Finding:
        """What comes of it, at a time in Unix seconds: a claim, or what its pass came to."""
        said = Claim(statement=LINE, citations=(CITED,), confidence=0.5)
        writes = not self.brief.number and kind is not Kind.FAILED
        return Finding(
            kind=Kind.SYNTHESIS if writes else kind,
            summary=summary,
            citations=(CITED,),
            claims=(said,),
            answer=(said,) if writes else (),
            confidence=0.5,
            finding_id=finding_id(self.brief_id),
            run_id=self.brief.run_id,
            brief_id=self.brief_id,
            pass_number=self.brief.pass_number,
            worker_id="worker",
            engine="none",
            attempts=self.attempt,
            reported_at=at,
        )
