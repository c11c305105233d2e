"""An engine that is blocked at five of its briefs, each for another reason, and quotes for the others.

A helper that gives it the brief in another form, in parts or with other shards, gets an answer of it. A line
of `SWARM_BLOCKED` is appended for each execution, so that tests can count them.
"""

import json
import os
import threading
from pathlib import Path

from swarm_app.contracts.assist import Blocker
from swarm_app.contracts.context import Context
from swarm_app.contracts.documents import Citation
from swarm_app.contracts.help import Obstacle
from swarm_app.contracts.research import Brief, Draft, Kind

LEDGER = "the general ledger of the second quarter"  # no shard of the run has these words
REASONS = {
    3: Obstacle.RATE_LIMIT,
    11: Obstacle.REFUSAL,
    19: Obstacle.MISSING_CONTEXT,
    27: Obstacle.TOO_LARGE,
    35: Obstacle.CONTRADICTION,
}


class BlockedEngine:
    """Quotes the first line of 20 characters that it is given."""

    name = "blocked"
    summary = "is blocked at five briefs of forty (for tests)"

    def investigate(self, brief: Brief, context: Context) -> Draft:
        """Quote a line, or say what stands in the way."""
        _trace(brief)
        reason = REASONS.get(brief.number)
        wanted = (LEDGER,) if reason is Obstacle.MISSING_CONTEXT else ()
        if reason and not _is_relieved(brief, reason):
            raise Blocker(f"It meets a {reason.value}.", reason, urgency="high", wanted=wanted)
        return _quote(context, wanted or (brief.question,))


def _is_relieved(brief: Brief, reason: Obstacle) -> bool:
    """Whether a helper has changed what stood in the way: it asks more shards, or only a part."""
    if reason is Obstacle.MISSING_CONTEXT:
        return "ledgers" in brief.shards
    return reason is Obstacle.TOO_LARGE and len(brief.queries) < _queries(brief)


def _queries(brief: Brief) -> int:
    """How many queries a whole brief has here: planned briefs have two at the least."""
    return 2


def _quote(context: Context, queries: tuple[str, ...]) -> Draft:
    for excerpt in context.search(queries, tokens=300)[0]:
        line = context.read(excerpt.path, excerpt.start, excerpt.start)
        if line is not None and len(line.text.strip()) >= 20:
            quote = line.text.strip()
            cited = Citation(path=line.path, start=line.start, end=line.end, quote=quote)
            return Draft(kind=Kind.CLAIM, summary=quote, confidence=0.5, citations=(cited,))
    return Draft(kind=Kind.GAP, summary="Nothing.", confidence=0.0)


def _trace(brief: Brief) -> None:
    """Leave a line of this execution."""
    told = {"brief": brief.brief_id, "pid": os.getpid(), "thread": threading.current_thread().name}
    with Path(os.environ["SWARM_BLOCKED"]).open("a") as file:
        file.write(json.dumps(told) + "\n")
