"""How a run's budget is spread over its briefs: where findings have cost least."""

from pydantic import Field, NonNegativeInt, PositiveInt

from swarm_app.contracts.base import Contract
from swarm_app.contracts.limits import Limit


class Yield(Contract):
    """What briefs brought in for what they read and wrote."""

    briefs: NonNegativeInt = 0  # reported
    findings: NonNegativeInt = 0  # of these, with a citation that is verified
    tokens: NonNegativeInt = 0  # read and written by all of them, or by others for them
    per_1000: float = 0.0  # findings for each 1,000 tokens


class Yields(Contract):
    """What a run's briefs brought in, by what they looked into and by who did them."""

    by_facet: dict[str, Yield] = Field(default_factory=dict)
    by_engine: dict[str, Yield] = Field(default_factory=dict)


class Withheld(Contract):
    """A brief that was not given out, since a limit of its run was not expected to reach for all."""

    brief_id: str
    pass_number: PositiveInt
    angle: str
    limit: Limit
