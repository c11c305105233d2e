"""An engine that is blocked at every N-th brief, as its pass's instructions say, and extracts for others."""

from swarm_app.contracts.assist import Blocker
from swarm_app.contracts.context import Context
from swarm_app.contracts.research import Brief, Draft
from workers.extractive import ExtractiveEngine


class StuckEngine:
    """Refuses every N-th brief, none for 0."""

    name = "stuck"
    summary = "is blocked at some briefs (for benchmarks)"

    def investigate(self, brief: Brief, context: Context) -> Draft:
        """Do a brief, or refuse it."""
        every = int(brief.instructions)
        if every and brief.number % every == 0:
            raise Blocker("It is told to refuse this one.", "refusal")
        return ExtractiveEngine().investigate(brief, context)
