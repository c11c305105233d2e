"""Plans: the passes of a run, as data."""

from enum import StrEnum

from pydantic import Field, PositiveInt

from swarm_app.contracts.base import Contract


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


class Guardian(Contract):
    """A member of the council."""

    name: str
    duty: str  # evidence, coverage, contradiction, independence, duplication or scope


class PassSpec(Contract):
    """One pass of a plan."""

    name: str = Field(min_length=1, max_length=60)
    role: Role
    workers: PositiveInt = Field(le=2000)
    engine: str = ""  # who does it, or several as `Run.engine`; empty: the run's
    instructions: str = ""  # what this pass is for, in words an engine can be given
    quorum: PositiveInt | None = None  # reports, not failed, that are enough after the soft deadline
    soft_deadline_s: float | None = Field(default=None, gt=0.0)  # seconds since the pass was opened
    deadline_s: float | None = Field(
        default=None, gt=0.0
    )  # seconds since then: the pass closes with what it has


class Plan(Contract):
    """A row of passes."""

    name: str = Field(min_length=1, max_length=60)
    summary: str
    passes: tuple[PassSpec, ...] = Field(min_length=1)
    guardians: tuple[Guardian, ...] = ()

    @property
    def workers(self) -> int:
        """Briefs in the whole plan."""
        return sum(spec.workers for spec in self.passes)
