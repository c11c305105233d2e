"""What a model cannot get past, others may."""

import pytest
from pydantic_ai.exceptions import (
    AgentRunError,
    ContentFilterError,
    ModelAuthenticationError,
    ModelContextWindowExceededError,
    ModelQuotaExceededError,
    ModelServerError,
)

from swarm_app.contracts.assist import Blocker
from swarm_app.contracts.context import Context
from swarm_app.contracts.help import Obstacle
from swarm_app.contracts.research import Brief, Draft, Kind
from swarm_app.errors import EngineAway
from tests.integration.models.briefs import BRIEF, Borrowed
from tests.unit.models.minds import ENGINE
from workers.alternatives import Alternatives
from workers.models.refusals import meant


@pytest.mark.parametrize(
    ("error", "obstacle"),
    [
        (ContentFilterError("Not this."), Obstacle.REFUSAL),
        (ModelContextWindowExceededError("m", "Too long."), Obstacle.TOO_LARGE),
        (ModelQuotaExceededError("m", "Used up."), Obstacle.RATE_LIMIT),
    ],
)
def test_what_another_engine_may_not_meet_is_a_blocker(error: AgentRunError, obstacle: Obstacle) -> None:
    told = meant(error, ENGINE)
    assert isinstance(told, Blocker)
    assert told.obstacle is obstacle
    assert str(told).startswith("local:small: local ")


@pytest.mark.parametrize("error", [ModelAuthenticationError("m", "No."), ModelServerError("m", "Oh.")])
def test_a_wrong_key_is_to_be_mended_and_a_failure_in_passing_is_no_blocker_yet(error: AgentRunError) -> None:
    assert not isinstance(meant(error, ENGINE), Blocker)


class Engine:
    """Raises what it is given, else claims something."""

    summary = "for a test"

    def __init__(self, name: str, error: Exception | None = None) -> None:
        self.name = name
        self._error = error

    def investigate(self, brief: Brief, context: Context) -> Draft:
        if self._error:
            raise self._error
        return Draft(kind=Kind.CLAIM, summary=self.name, confidence=0.5)


def test_the_next_engine_of_a_brief_takes_what_one_is_blocked_at() -> None:
    several = Alternatives([Engine("a", Blocker("No.")), Engine("b", EngineAway("Gone.")), Engine("c")])
    assert several.investigate(BRIEF, Borrowed()).engine == "c"


def test_a_blocker_is_raised_once_no_engine_of_a_brief_does_it() -> None:
    several = Alternatives([Engine("a", EngineAway("Gone.")), Engine("b", Blocker("No.", "too_large"))])
    with pytest.raises(Blocker, match="No") as raised:
        several.investigate(BRIEF, Borrowed())
    assert raised.value.obstacle is Obstacle.TOO_LARGE
