"""A pass's synthesis in a model's words: a brief of its own, between the end of a pass and its conclusion.

It is claimed, leased, paid, sent again and reported as any other, so that no driver ever waits for a model.
"""

import time

from shard.synthesis import worded, writing
from swarm_app.contracts.research import Brief, Synthesis
from swarm_app.contracts.run import BriefState, Run
from swarm_app.evidence import gate_draft
from tasks.closing import at_work, limit_reached
from tasks.process import store


def asked(run: Run, synthesis: Synthesis) -> Brief | None:
    """The brief that puts a synthesis into words, if a model is to; stored, and open to be claimed."""
    brief = writing(run, synthesis)
    if brief is not None:
        store().briefs.put([brief])
        store().writings.open(brief)
    return brief


def is_awaited(brief: Brief) -> bool:
    """Whether a model still writes, or is going to; not once the run has used up what it may."""
    progress = store().runs.progress(brief.run_id)  # before the standing: no claim follows a limit
    (standing,) = store().briefs.standings([brief.brief_id])
    if standing.state is BriefState.REPORTED or store().writings.is_closed(brief.run_id, brief.pass_number):
        return False  # once it was closed nobody can claim it, whatever the run may since then
    return limit_reached(progress) is None or at_work(standing, time.time())


def in_words(brief: Brief, synthesis: Synthesis) -> Synthesis:
    """The synthesis with what was written until it was first asked for here: the same for all who ask.

    Its citations are checked again, as those of the findings are.
    """
    found = store().writings.close(brief.run_id, brief.pass_number)
    return worded(synthesis, found and gate_draft(found, store().documents)[0])
