"""The engine that needs no key, no network and no model."""

from collections.abc import Callable, Mapping

from swarm_app.contracts.context import Context
from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Brief, Draft
from workers.extractive.confront import confront
from workers.extractive.corroborate import corroborate
from workers.extractive.explore import explore
from workers.extractive.guardians import guard

_ROLES: Mapping[Role, Callable[[Brief, Context], Draft]] = {
    Role.SIGNAL: explore,
    Role.ANALYSE: explore,
    Role.CORROBORATE: corroborate,
    Role.SURVEY: explore,
    Role.CONSOLIDATE: explore,
    Role.CONFRONT: confront,
    Role.DEEPEN: explore,
    Role.GUARD: guard,
    Role.REPAIR: explore,
}


class ExtractiveEngine:
    """Retrieval and extraction: quotes the lines that answer best and connects them. It does not reason."""

    name = "extractive"
    summary = "quotes the lines that answer best and connects them; does not reason (no key, no network)"

    def investigate(self, brief: Brief, context: Context) -> Draft:
        """Do one brief by its role. Raises `EngineError` for a guardian whose duty nobody knows."""
        return _ROLES[brief.role](brief, context)
