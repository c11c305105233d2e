"""What is reported of a brief that no engine is to do: what came of its blocker, or that it was lost."""

from swarm_app.contracts.assist import Settlement
from swarm_app.contracts.research import Brief, Draft, Finding
from swarm_app.findings import checked, failure
from swarm_app.insights.hearing import compared
from swarm_app.store.briefs import Claimed, Claiming
from swarm_app.store.store import Store
from workers.strategies import settled
from workers.widening import widened


def without_engine(store: Store, claimed: Claimed, worker: str) -> Finding | None:
    """The finding of a claimed brief that no engine is to do; None for one that is to be investigated.

    What helpers came to comes first: it costs nothing any more, so it is not lost with its workers.
    """
    assert claimed.brief is not None
    if claimed.settled:
        return _resumed(store, claimed.brief, claimed.attempts, worker)
    if claimed.outcome is Claiming.EXHAUSTED:
        return _reported(store, claimed.brief, lost(claimed.attempts), claimed.attempts, worker)
    return None


def lost(attempts: int) -> Draft:
    """The draft of what kills its workers, for all that is known."""
    return failure(f"It was given out {attempts} times, and each time its worker was lost.")


def after_help(store: Store, brief: Brief, settlement: Settlement, attempt: int, worker: str) -> Finding:
    """What helpers came to, joined with what there was before, its citations checked once more."""
    run = store.runs.get(brief.run_id)
    wide = widened(store, run, settled.asked(settlement))
    told = settled.helped(settlement, run, wide)
    draft = settled.draft(settlement)
    made = checked(store, wide, brief, draft, attempts=attempt, worker=worker, helped=told)
    return compared(store, run, made)


def _resumed(store: Store, brief: Brief, attempt: int, worker: str) -> Finding:
    settlement = store.blockers.settlement(brief.brief_id)
    if settlement is not None:
        return after_help(store, brief, settlement, attempt, worker)
    expired = failure("It was blocked, and what came of that has expired.")
    return _reported(store, brief, expired, attempt, worker)


def _reported(store: Store, brief: Brief, draft: Draft, attempt: int, worker: str) -> Finding:
    run = store.runs.get(brief.run_id)
    return checked(store, run, brief, draft, attempts=attempt, worker=worker)
