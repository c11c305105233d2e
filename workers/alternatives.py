"""Several engines for one brief: the next takes it when one is away."""

from collections.abc import Sequence

from swarm_app.contracts.context import Context, Engine
from swarm_app.contracts.research import Brief, Draft
from swarm_app.errors import EngineAway, EngineSpent


class Alternatives:
    """Tries its engines in their order; only an engine that is away gives way to the next."""

    def __init__(self, engines: Sequence[Engine]) -> None:
        self.name = ",".join(engine.name for engine in engines)
        self.summary = "; ".join(engine.summary for engine in engines)
        self._engines = engines

    def investigate(self, brief: Brief, context: Context) -> Draft:
        """The first engine's draft that is there, under its name, or that of who stood in for it.

        Raises `EngineAway` when all are away, and its kin `EngineSpent` when all have spent their budgets.
        """
        away: list[EngineAway] = []
        for engine in self._engines:
            try:
                draft = engine.investigate(brief, context)
            except EngineAway as error:
                away.append(error)
            else:
                return draft.model_copy(update={"engine": draft.engine or engine.name})
        spent = all(isinstance(error, EngineSpent) for error in away)
        raise (EngineSpent if spent else EngineAway)(" ".join(map(str, away)))
