"""What nobody could help with, in one line."""

from collections.abc import Iterable

from swarm_app import words
from swarm_app.contracts.help import Outcome
from swarm_app.contracts.research import Finding
from swarm_app.plural import counted

_WIDTH = 160  # characters of the first one's details


def escalations(findings: Iterable[Finding]) -> str:
    """One line on the briefs that stayed blocked, with the first one's reason; empty where there are none."""
    unsolved = [each.helped for each in findings if each.helped and each.helped.outcome is Outcome.ESCALATED]
    if not unsolved:
        return ""
    first = unsolved[0]
    told = f"{first.obstacle}: {words.shorten(first.details, _WIDTH)}"
    return f" Escalated: nobody could help with {counted(len(unsolved), 'blocked brief')} ({told})."
