import pytest

from swarm_app.contracts.context import Context
from swarm_app.contracts.research import Brief
from swarm_app.errors import EngineError
from tests.unit.extractive.briefs import brief_of
from tests.unit.extractive.memory import MemoryContext
from workers.alternatives import Alternatives
from workers.draft import draft_of


class Forgetful:
    """Returns what it was not asked for."""

    name = "forgetful"
    summary = "returns no draft"

    def __init__(self, returns: object) -> None:
        self._returns = returns

    def investigate(self, brief: Brief, context: Context) -> object:
        return self._returns


@pytest.mark.parametrize(
    ("returned", "shown"), [(None, "None"), ({"summary": "So."}, "{'summary': 'So.'}"), ("s" * 99, "'sss")]
)
def test_an_engine_that_returns_no_draft_is_told_what_it_returned(returned: object, shown: str) -> None:
    engine = Forgetful(returned)
    for each in (engine, Alternatives([engine])):  # type: ignore[list-item]
        with pytest.raises(EngineError) as raised:
            draft_of(each, brief_of("Why?"), MemoryContext({}))  # type: ignore[arg-type]
        assert f"The engine forgetful returned no draft, but {shown}" in str(raised.value)
        assert len(str(raised.value)) < 150
