"""A run from question to report."""

from enum import StrEnum
from typing import Any

from pydantic import Field, NonNegativeInt, PositiveInt

from swarm_app.contracts.allocation import Withheld, Yields
from swarm_app.contracts.base import Contract
from swarm_app.contracts.budget import Budget
from swarm_app.contracts.discoveries import Discoveries
from swarm_app.contracts.documents import Citation, EvidenceCount, Excerpt, Skipped
from swarm_app.contracts.engines import any_model
from swarm_app.contracts.insights import Insight, Peers
from swarm_app.contracts.limits import Limit
from swarm_app.contracts.plan import Plan, Role
from swarm_app.contracts.research import Claim, Contradiction, Finding, Vote


class RunState(StrEnum):
    """Where a run stands; ARCHITECTURE.md draws the transitions."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"  # interrupted, with a partial report and a `stop_reason`; can be resumed
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """Whether nothing more happens unless somebody resumes the run."""
        return self not in {RunState.QUEUED, RunState.RUNNING}


class BriefState(StrEnum):
    """Where a brief stands."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    BLOCKED = "blocked"  # its worker cannot go on, and others are asked to help
    REPORTED = "reported"


class Estimate(Contract):
    """What a run's models may take."""

    tokens: NonNegativeInt
    cost_usd: float
    unpriced: tuple[str, ...] = ()  # engines whose price nobody told us; they count as 0 dollars


class Run(Contract):
    """What was asked, of what, and how: written once, when the run is queued."""

    run_id: str
    question: str
    plan: Plan
    engine: str  # or several, separated by commas: they share the briefs and stand in for each other
    shards: tuple[str, ...]
    aliases: dict[str, dict[str, str]] = Field(default_factory=dict)  # shard -> first path part -> unique one
    roots: dict[str, str] = Field(default_factory=dict)
    versions: dict[str, int] = Field(default_factory=dict)  # shard -> version when the run was queued
    documents: NonNegativeInt = 0
    lines: NonNegativeInt = 0
    tokens: NonNegativeInt = 0
    skipped: tuple[Skipped, ...] = ()
    draft: tuple[Claim, ...] = ()  # what is put to the council in place of a draft of the run's own
    deadline_s: float | None = Field(default=None, gt=0.0)  # seconds from `queued_at`
    budget_usd: float | None = Field(default=None, gt=0.0)  # spent on models, after which the run stops
    budget_tokens: PositiveInt | None = None
    engine_budgets: dict[str, Budget] = Field(default_factory=dict)  # by engine; the next one then takes over
    estimate: Estimate | None = None  # None: no model is used
    max_briefs: PositiveInt | None = None  # executed briefs after which the run stops
    insights: Peers = Peers.RUN  # whose its briefs begin with
    elsewhere: bool = False  # whether who helps a blocked brief may ask shards that the run does not name
    queued_at: float  # Unix seconds

    def engines(self, number: int) -> str:
        """Who does pass ``number`` (from 1)."""
        return self.plan.passes[number - 1].engine or self.engine

    def writers(self, number: int) -> str:
        """The models that write what pass ``number`` (from 1) came to; empty: none does, as after a vote."""
        spec = self.plan.passes[number - 1]
        return spec.synthesis if spec.role is not Role.GUARD and any_model(spec.synthesis) else ""

    @property
    def home(self) -> str:
        """The shard that plans and synthesises."""
        return self.shards[0]


class Progress(Contract):
    """Where a run stands now: the part of it that changes."""

    run_id: str
    state: RunState
    stop_reason: str | None = None
    pass_number: NonNegativeInt = 0  # the pass under way, 0 before the first
    started_at: float | None = None
    ended_at: float | None = None
    executed: NonNegativeInt = 0
    reused: NonNegativeInt = 0
    redelivered: NonNegativeInt = 0
    late: NonNegativeInt = 0
    hedged: NonNegativeInt = 0
    discarded: NonNegativeInt = 0
    blocked: NonNegativeInt = 0
    solved: NonNegativeInt = 0
    escalated: NonNegativeInt = 0
    resumed: NonNegativeInt = 0
    coordinator_bytes: NonNegativeInt = 0  # what coordinators received of it
    ends_at: float | None = None  # the run's deadline, Unix seconds
    most_briefs: PositiveInt | None = None  # the run's cap on executed briefs
    budget_usd: float | None = None  # the run's budget for models
    budget_tokens: PositiveInt | None = None
    spent_usd: float = 0.0  # on models, also by attempts that came to nothing
    spent_tokens: NonNegativeInt = 0
    budget_spent: Limit | None = None  # which budget did not reach for another call


class PassProgress(Contract):
    """Where one pass stands, as `swarm show` prints it."""

    number: PositiveInt
    name: str
    workers: NonNegativeInt
    reported: NonNegativeInt = 0
    failed: NonNegativeInt = 0
    synthesis: str | None = None
    synthesis_engine: str | None = None  # who put it into words
    findings: tuple[str, ...] = ()
    seconds: float | None = None


class Event(Contract):
    """Something that happened in a run."""

    event_id: str
    run_id: str
    type: str  # "run.queued", "pass.opened", "brief.claimed", "brief.reported", "run.done", …
    at: float  # Unix seconds
    data: dict[str, Any] = Field(default_factory=dict)


class Coverage(Contract):
    """What a run looked at, and what it did not."""

    documents: NonNegativeInt = 0
    lines: NonNegativeInt = 0
    tokens: NonNegativeInt = 0
    documents_cited: NonNegativeInt = 0
    withheld: tuple[Withheld, ...] = ()  # briefs that a limit did not reach for
    skipped: tuple[Skipped, ...] = ()


class Unused(Contract):
    """What assists took whose work was not used: another was faster, or its evidence did not hold."""

    assists: NonNegativeInt = 0
    input_tokens: NonNegativeInt = 0
    output_tokens: NonNegativeInt = 0
    cost_usd: float = 0.0

    def __add__(self, other: "Unused") -> "Unused":
        return Unused(**{name: getattr(self, name) + getattr(other, name) for name in Unused.model_fields})


class Share(Contract):
    """What one engine, or one pass, read, wrote and cost."""

    briefs: NonNegativeInt = 0
    input_tokens: NonNegativeInt = 0
    cached_tokens: NonNegativeInt = 0  # of the input tokens
    output_tokens: NonNegativeInt = 0
    cost_usd: float = 0.0
    unpriced: NonNegativeInt = 0  # briefs of a model whose price nobody told us; they count as 0 dollars
    calls: NonNegativeInt = 0  # to models, answered
    failures: NonNegativeInt = 0  # calls that failed and were made again
    shared: NonNegativeInt = 0  # answers that others had paid for
    left_out: NonNegativeInt = 0  # excerpts that did not fit into a model's window
    claims_left_out: NonNegativeInt = 0  # claims and questions that did not fit either
    hedges: NonNegativeInt = 0  # calls made a second time, because the first was slow
    spent_usd: float = 0.0  # of one engine: by all its calls, also those that came to nothing
    spent_tokens: NonNegativeInt = 0
    unused: Unused = Unused()  # of one engine: beside all of the above, but part of what was spent


class Usage(Contract):
    """What a run read, wrote and cost, in tokens and US dollars."""

    input_tokens: NonNegativeInt = 0
    output_tokens: NonNegativeInt = 0
    cost_usd: float = 0.0
    coordinator_tokens: NonNegativeInt = 0  # what reached the one who asked, at 4 bytes a token
    worker_tokens: NonNegativeInt = 0  # what the workers read and wrote, helpers in vain among them
    synthesis_tokens: NonNegativeInt = 0  # what the models that wrote syntheses did
    spent_usd: float = 0.0  # on models, also by attempts that came to nothing
    spent_tokens: NonNegativeInt = 0
    estimate: Estimate | None = None  # as it was before the run; None: no model is used
    yields: Yields = Yields()  # findings for tokens, by facet of the question and by engine
    discoveries: Discoveries = Discoveries()  # what was found in the discovery log, and what that saved
    by_engine: dict[str, Share] = Field(default_factory=dict)
    by_pass: tuple[Share, ...] = ()  # in the plan's order


class Council(Contract):
    """The guardians' votes on the draft and what they come to."""

    outcome: str  # approved, rejected or undecided
    votes: tuple[Vote, ...] = ()
    reason: str = ""  # how the votes were counted


class Timings(Contract):
    """Seconds."""

    queued_s: float = 0.0
    running_s: float = 0.0
    passes_s: tuple[float, ...] = ()


class Executions(Contract):
    """How often briefs were executed."""

    briefs: NonNegativeInt = 0
    executed: NonNegativeInt = 0
    reused: NonNegativeInt = 0  # deliveries that found the finding stored
    redelivered: NonNegativeInt = 0  # executions after the first, because a worker was lost
    late: NonNegativeInt = 0  # reports after their pass was concluded
    hedged: NonNegativeInt = 0  # stragglers that a second worker was given too
    discarded: NonNegativeInt = 0  # reports that came second
    blocked: NonNegativeInt = 0  # briefs whose worker could not go on
    solved: NonNegativeInt = 0  # of these, by peers
    escalated: NonNegativeInt = 0  # of these, by nobody
    resumed: NonNegativeInt = 0  # executions that began with what peers had done


class Report(Contract):
    """A run's outcome, complete: what `swarm show --json` prints, and the Markdown a person reads."""

    run_id: str
    question: str
    state: RunState
    stop_reason: str | None
    roots: dict[str, str]
    plan: str
    engine: str
    shards: tuple[str, ...]
    passes: tuple[PassProgress, ...]
    findings: tuple[Finding, ...]
    syntheses: tuple[Finding, ...]  # in models' words, as they came in
    answer: tuple[Claim, ...]
    answer_engine: str  # who wrote it
    unwritten: str  # why a model that was to write it did not; else empty
    agreements: tuple[Claim, ...]
    contradictions: tuple[Contradiction, ...]
    open_questions: tuple[str, ...]
    insights: tuple[Insight, ...] = ()  # of other runs, that bear on its findings
    citations: tuple[Citation, ...]  # every citation the report shows as evidence, verified
    council: Council | None
    coverage: Coverage
    evidence: EvidenceCount
    usage: Usage
    timings: Timings
    executions: Executions
    markdown: str


class Answer(Contract):
    """What `ask` returns."""

    question: str
    answer: str
    elapsed_ms: float
    excerpts: tuple[Excerpt, ...]
    skipped: tuple[Skipped, ...] = ()  # files of the shards' paths that were not read


class Verification(Contract):
    """What checking a stored run again said, against the store and against today's files."""

    run_id: str
    checked: NonNegativeInt = 0
    verified: NonNegativeInt = 0
    stale: NonNegativeInt = 0
    invalid: NonNegativeInt = 0
    unchecked: NonNegativeInt = 0
    citations: tuple[Citation, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every citation that can be checked stands where it says."""
        return self.stale == 0 and self.invalid == 0
