"""An engine that is blocked at the briefs a test names, each for its own reason, and extracts for all others.

`SWARM_BLOCKED` names a JSON file: a brief's number -> its obstacle. A helper that changes what stands in the
way (other shards to ask, or a part of the brief) gets an answer of it.
"""

import json
import os
from pathlib import Path

from swarm_app.contracts.assist import Blocker
from swarm_app.contracts.context import Context
from swarm_app.contracts.documents import Citation
from swarm_app.contracts.help import Obstacle
from swarm_app.contracts.research import Brief, Draft, Kind
from swarm_app.errors import EngineError
from workers.extractive import ExtractiveEngine

LEDGER = "the general ledger of the second quarter"  # no shard of the run has these words


class BlockedEngine:
    """Does what the extractive engine does, where nothing stands in its way."""

    name = "blocked"
    summary = "is blocked at some briefs (for tests)"

    def investigate(self, brief: Brief, context: Context) -> Draft:
        """Do a brief, or say what stands in the way."""
        told = _obstacle(brief)
        wanted = (LEDGER,) if told == Obstacle.MISSING_CONTEXT else ()
        if told and not _is_relieved(brief, Obstacle(told)):
            raise Blocker(f"It meets a {told}.", told, urgency="high", wanted=wanted)
        return _quote(context) if wanted else ExtractiveEngine().investigate(brief, context)


class HelplessEngine:
    """Fails where another is blocked, so that who asks it for help gets none."""

    name = "helpless"
    summary = "is no help at a brief that another is blocked at (for tests)"

    def investigate(self, brief: Brief, context: Context) -> Draft:
        """Do a brief, or fail."""
        if _obstacle(brief):
            raise EngineError("It cannot do it either.")
        return ExtractiveEngine().investigate(brief, context)


def _obstacle(brief: Brief) -> str | None:
    told: dict[str, str] = json.loads(Path(os.environ["SWARM_BLOCKED"]).read_text())
    return told.get(str(brief.number))


def _is_relieved(brief: Brief, obstacle: Obstacle) -> bool:
    if obstacle is Obstacle.MISSING_CONTEXT:
        return "ledgers" in brief.shards
    return obstacle is Obstacle.TOO_LARGE and len(brief.queries) == 1


def _quote(context: Context) -> Draft:
    found = context.search([LEDGER], tokens=300)[0][0]
    cited = Citation(path=found.path, start=found.start, end=found.end, quote=found.text.strip())
    return Draft(kind=Kind.CLAIM, summary=cited.quote, confidence=0.5, citations=(cited,))
