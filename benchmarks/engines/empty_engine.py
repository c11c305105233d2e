"""An engine that finds nothing, at once: what remains is what a pass itself costs."""

from swarm_app.contracts.context import Context
from swarm_app.contracts.research import Brief, Draft, Kind


class EmptyEngine:
    """Reports an empty gap."""

    name = "empty"
    summary = "finds nothing, at once (for benchmarks)"

    def investigate(self, brief: Brief, context: Context) -> Draft:
        """Report that nothing was found."""
        return Draft(kind=Kind.GAP, summary="Nothing.", confidence=0.0)
