"""A small run held in memory, and its report."""

from dataclasses import dataclass, field

from swarm_app.contracts.allocation import Withheld
from swarm_app.contracts.budget import Spending
from swarm_app.contracts.discoveries import Discoveries
from swarm_app.contracts.documents import Citation, Document, EvidenceCount, Skipped
from swarm_app.contracts.plan import PassSpec, Plan, Role
from swarm_app.contracts.research import Ballot, Claim, Contradiction, Finding, Kind, Synthesis, Vote
from swarm_app.contracts.run import PassProgress, Progress, Report, Run, RunState, Unused
from swarm_app.report.build import build

RUN = "run_0123456789ab"
POLICY = "a" * 64
MINUTES = "b" * 64
LINES = {
    POLICY: ["# Retention\n", "The retention period is 30 days.\n", "Backups are kept in two regions.\n"],
    MINUTES: [
        "Minutes\r\n",
        "The retention period is 90 days.\r\n",
        "Call `purge()` by hand, said <b>Ann</b>.\r\n",
        "The office moved to Antwerp. " + "And so on. " * 500,
    ],
}


def cite(sha256: str, line: int, quote: str | None = None) -> Citation:
    """A citation of one line, by default of all its words."""
    words = LINES[sha256][line - 1].strip() if quote is None else quote
    path = {POLICY: "docs/policy.md", MINUTES: "docs/minutes.txt"}[sha256]
    return Citation(path=path, start=line, end=line, quote=words, sha256=sha256)


def claim(statement: str, *citations: Citation) -> Claim:
    """A claim that is fairly sure of itself."""
    return Claim(statement=statement, citations=citations, confidence=0.8, facet="how long")


def finding(number: int, pass_number: int = 1, **fields: object) -> Finding:
    """What worker ``number`` of a pass reported."""
    given: dict[str, object] = {
        "kind": Kind.CLAIM,
        "engine": "extractive",
        "summary": f"finding {number}",
        "confidence": 0.8,
        "citations": (cite(POLICY, 2),),
        "input_tokens": 100,
        "output_tokens": 10,
        "evidence": EvidenceCount(checked=1, verified=1),
    }
    return Finding.model_validate(
        {
            **given,
            **fields,
            "finding_id": f"finding_{pass_number}_{number}",
            "run_id": RUN,
            "brief_id": f"{RUN}.{pass_number}.{number}",
            "pass_number": pass_number,
            "worker_id": f"worker-{number}@host",
            "reported_at": 1_010.0,
        }
    )


def synthesis(**fields: object) -> Synthesis:
    """What pass 1 concluded."""
    given: dict[str, object] = {
        "run_id": RUN,
        "pass_number": 1,
        "pass_name": "Signal Capture",
        "role": Role.SIGNAL,
        "summary": "2 findings say how long.",
        "answer": (claim("The retention period is 30 days.", cite(POLICY, 2)),),
        "agreements": (claim("Backups are kept in two regions.", cite(POLICY, 3)),),
        "contradictions": (
            Contradiction(
                subject="The retention period",
                difference="30 days here, 90 days there",
                left=cite(POLICY, 2),
                right=cite(MINUTES, 2),
            ),
        ),
        "open_questions": ("Who decides on the period?",),
        "votes": (
            Vote(guardian="auditor", vote=Ballot.APPROVE, reason="2 of 2 claims cite verified lines."),
        ),
        "reported": 2,
    }
    return Synthesis.model_validate({**given, **fields})


@dataclass
class Memory:
    """A `Source` of one run."""

    state: RunState = RunState.DONE
    stop_reason: str | None = None
    concluded: list[Synthesis] = field(default_factory=lambda: [synthesis()])
    reported: list[Finding] = field(default_factory=lambda: [finding(1), finding(2)])
    written: list[Finding] = field(default_factory=list)
    skipped: tuple[Skipped, ...] = (Skipped(path="docs/logo.png", reason="not text"),)
    question: str = "How long is data kept?"
    pages: tuple[int, ...] = ()
    spent: list[Spending] = field(default_factory=list)
    found: Discoveries = field(default_factory=Discoveries)
    vain: dict[str, Unused] = field(default_factory=dict)
    waiting: tuple[Withheld, ...] = ()

    @property
    def allocations(self) -> "Memory":
        return self

    def withheld(self, _: str, passes: int) -> tuple[Withheld, ...]:
        return self.waiting

    @property
    def conclusions(self) -> "Memory":
        return self

    def sizes(self, run_ids: list[str]) -> list[int]:
        return [100 * len(self.concluded) for _ in run_ids]

    @property
    def assists(self) -> "Memory":
        return self

    def unused(self, _: str) -> dict[str, Unused]:
        return self.vain

    @property
    def discoveries(self) -> "Memory":
        return self

    def counted(self, _: str) -> Discoveries:
        return self.found

    @property
    def runs(self) -> "Memory":
        return self

    @property
    def budgets(self) -> "Memory":
        return self

    def spending(self, _: str) -> list[Spending]:
        return self.spent

    @property
    def documents(self) -> "Shelf":
        return Shelf(self.pages)

    def get(self, run_id: str) -> Run:
        spec = PassSpec(name="Signal Capture", role=Role.SIGNAL, workers=2)
        return Run(
            run_id=run_id,
            question=self.question,
            plan=Plan(name="tiny", summary="one pass", passes=(spec,)),
            engine="extractive",
            shards=("docs",),
            roots={"docs": "/srv/docs"},
            documents=2,
            lines=6,
            tokens=60,
            skipped=self.skipped,
            queued_at=1_000.0,
        )

    def progress(self, run_id: str) -> Progress:
        ended = 1_012.5 if self.state.ended else None
        return Progress(
            run_id=run_id,
            state=self.state,
            stop_reason=self.stop_reason,
            pass_number=1,
            started_at=1_002.0,
            ended_at=ended,
            executed=2,
        )

    @property
    def passes(self) -> "Memory":
        return self

    def standings(self, _: str) -> list[PassProgress]:
        summary = self.concluded[0].summary if self.concluded else None
        ids = tuple(each.finding_id for each in self.reported)
        return [
            PassProgress(
                number=1,
                name="Signal Capture",
                workers=2,
                reported=len(ids),
                synthesis=summary,
                findings=ids,
                seconds=8.0 if summary else None,
            )
        ]

    def syntheses(self, _: str) -> list[Synthesis]:
        return self.concluded

    def findings(self, _: str) -> list[Finding]:
        return self.reported

    @property
    def writings(self) -> "Memory":
        return self

    def all(self, _: str) -> list[Finding]:
        return self.written


@dataclass
class Shelf:
    """Two documents and their lines."""

    pages: tuple[int, ...]

    def get(self, sha256: str) -> Document | None:
        if sha256 not in LINES:
            return None
        lines = LINES[sha256]
        return Document(
            path="docs/x",
            sha256=sha256,
            kind="text",
            size=1,
            lines=len(lines),
            chars=1,
            tokens=1,
            pages=self.pages,
        )

    def lines(self, sha256: str, start: int, end: int) -> list[str] | None:
        return LINES[sha256][start - 1 : end] if sha256 in LINES else None


def report(**fields: object) -> Report:
    """The report of a `Memory` with these fields."""
    return build(Memory(**fields), RUN)  # type: ignore[arg-type]
