"""Plans: the passes of a run, as data."""

from enum import StrEnum

from pydantic import Field, PositiveInt

from swarm_app.contracts.base import Contract
from swarm_app.contracts.budget import Budget
from swarm_app.contracts.engines import Policy


class Role(StrEnum):
    """What the workers of a pass do. Engines and planner each hold one table from role to behaviour."""

    SIGNAL = "signal"  # find the strongest evidence for each facet of the question
    ANALYSE = "analyse"  # go into the themes that surfaced
    CORROBORATE = "corroborate"  # look for independent support of each main claim
    SURVEY = "survey"  # one worker to each part of the collection
    CONSOLIDATE = "consolidate"  # known, unclear, in tension
    CONFRONT = "confront"  # passages that disagree: numbers, dates, negations, versions
    DEEPEN = "deepen"  # follow open questions with terms learnt on the way
    GUARD = "guard"  # vote on the draft
    REPAIR = "repair"  # look for what the council missed
    SYNTHESISE = "synthesise"  # write what a pass came to; no pass has this role, see `PassSpec.synthesis`


class Guardian(Contract):
    """A member of the council."""

    name: str = Field(min_length=1, max_length=60)
    duty: str = Field(
        min_length=1, max_length=60
    )  # what it judges; `DUTIES` in the catalog are those we compute
    weight: float = Field(default=1.0, gt=0.0, le=100.0)  # beside the others' votes
    veto: bool = False  # whether its rejection is the council's


class Rejection(StrEnum):
    """What a rejection does."""

    NOTE = "note"  # the report says so
    REPAIR = "repair"  # the plan's repair passes run once, and the council votes again
    STOP = "stop"  # the run stops with what it has


class Rules(Contract):
    """How votes are counted, by weight, and what a rejection does."""

    approval: float = Field(default=0.5, ge=0.0, lt=1.0)  # share of the votes cast that approvals must exceed
    quorum: float = Field(default=0.0, ge=0.0, le=1.0)  # share of all that must be cast
    rejection: Rejection = Rejection.NOTE


class PassSpec(Contract):
    """One pass of a plan."""

    name: str = Field(min_length=1, max_length=60)
    role: Role
    workers: PositiveInt = Field(le=2000)
    engine: str = ""  # who does it, or several as `Run.engine`, or a `Policy` for those; empty: the run's
    policy: Policy | None = None  # how several share its briefs; None: as the run has it
    synthesis: str = (
        ""  # the models that write what it came to, named as `engine` is; empty: as the run has it
    )
    repair: bool = False  # runs only after the council has rejected; such passes are a plan's last
    instructions: str = ""  # what this pass is for, in words an engine can be given
    quorum: PositiveInt | None = None  # reports, not failed, that are enough after the soft deadline
    soft_deadline_s: float | None = Field(default=None, gt=0.0)  # seconds since the pass was opened
    deadline_s: float | None = Field(
        default=None, gt=0.0
    )  # seconds since then: the pass closes with what it has


class Routing(Contract):
    """Who does what in a plan, where a pass does not say otherwise; named as `PassSpec.engine`."""

    policy: Policy | None = None
    roles: dict[Role, str] = Field(default_factory=dict)  # role -> engines of its passes
    synthesis: str = ""


class Plan(Contract):
    """A row of passes."""

    name: str = Field(min_length=1, max_length=60)
    summary: str
    passes: tuple[PassSpec, ...] = Field(min_length=1)
    guardians: tuple[Guardian, ...] = ()
    council: Rules = Rules()
    budgets: dict[str, Budget] = Field(default_factory=dict)  # by engine; what a run names comes first
    routing: Routing = Routing()

    @property
    def workers(self) -> int:
        """Briefs in the whole plan."""
        return sum(spec.workers for spec in self.passes)
