"""Several engines for one brief: the next takes it when one is away."""

from collections.abc import Sequence

from swarm_app.contracts.assist import Blocker
from swarm_app.contracts.context import Context, Engine
from swarm_app.contracts.research import Brief, Draft
from swarm_app.errors import EngineAway, EngineSpent
from workers.draft import draft_of


class Alternatives:
    """Tries its engines in their order; one that is away, or cannot go on, gives way to the next."""

    def __init__(self, engines: Sequence[Engine]) -> None:
        self.name = ",".join(engine.name for engine in engines)
        self.summary = "; ".join(engine.summary for engine in engines)
        self._engines = engines

    def investigate(self, brief: Brief, context: Context) -> Draft:
        """The first engine's draft that is there, under its name, or that of who stood in for it.

        Raises `EngineAway` when all are away, its kin `EngineSpent` when all have spent their budgets, and
        `Blocker` when one cannot go on and no other does it.
        """
        away: list[EngineAway] = []
        blocked: Blocker | None = None
        for engine in self._engines:
            try:
                draft = draft_of(engine, brief, context)
            except Blocker as blocker:
                blocked = blocked or blocker
            except EngineAway as error:
                away.append(error)
            else:
                return draft.model_copy(update={"engine": draft.engine or engine.name})
        raise blocked or _away(away)


def _away(errors: Sequence[EngineAway]) -> EngineAway:
    """All of them as one."""
    spent = all(isinstance(error, EngineSpent) for error in errors)
    return (EngineSpent if spent else EngineAway)(" ".join(map(str, errors)))
