"""What an engine hands in: a draft, or it has failed."""

from swarm_app.contracts.context import Context, Engine
from swarm_app.contracts.research import Brief, Draft
from swarm_app.errors import EngineError


def draft_of(engine: Engine, brief: Brief, context: Context) -> Draft:
    """An engine's draft for a brief. Raises `EngineError` for what is none: engines may be anybody's."""
    made: object = engine.investigate(brief, context)
    if not isinstance(made, Draft):
        raise EngineError(
            f"The engine {engine.name} returned no draft, but {made!r:.60}: its investigate() must make one."
        )
    return made
