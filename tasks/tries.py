"""How a helper tries each strategy."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from swarm_app import words
from swarm_app.claims import Held
from swarm_app.contracts.help import Strategy
from swarm_app.contracts.research import Brief, Draft, Finding
from swarm_app.contracts.run import Run
from swarm_app.errors import EngineError, UnknownError
from swarm_app.insights.hearing import informed
from tasks.context import BorrowedContext
from tasks.process import slices, store
from workers.draft import draft_of
from workers.engine import load
from workers.strategies.older import ALIKE, closest_older, revived
from workers.strategies.sides import weigh

_RUNS = 20  # that are looked through for older findings


class Tried(NamedTuple):
    """What came of it, and in seconds how old that is."""

    draft: Draft
    age_s: float = 0.0


def _by_engine(run: Run, held: Held) -> Tried:
    brief = informed(store(), slices(), run, held.brief)
    with _borrowed(run, held) as context:
        return Tried(draft_of(load(brief.engine), brief, context))


def _by_weight(run: Run, held: Held) -> Tried:
    with _borrowed(run, held) as context:
        return Tried(weigh(held.brief, context))


@contextmanager
def _borrowed(run: Run, held: Held) -> Iterator[BorrowedContext]:
    context = BorrowedContext(store(), run.shards, run.aliases, held=held, slices=slices())
    try:
        yield context
    finally:
        context.log.close()


def _by_memory(run: Run, held: Held) -> Tried:
    found = closest_older(held.brief, _older(run, held))
    if found is None:
        raise EngineError("No other run has asked the same.")
    age = max(0.0, time.time() - found.reported_at)
    return Tried(revived(found, age), age)


def _older(run: Run, held: Held) -> list[tuple[Brief, Finding]]:
    """Briefs and findings of the latest other runs whose shards are this run's too."""
    pairs: list[tuple[Brief, Finding]] = []
    for run_id in store().runs.latest(limit=_RUNS):
        if not held.remaining:
            break
        if run_id != run.run_id and _is_like(run_id, run):
            found = store().runs.findings(run_id)
            briefs = {each.brief_id: each for each in store().briefs.get([one.brief_id for one in found])}
            pairs += [(briefs[each.brief_id], each) for each in found if each.brief_id in briefs]
    return pairs


def _is_like(run_id: str, run: Run) -> bool:
    """Whether another run asked much the same, and no shard that this one may not ask."""
    try:
        other = store().runs.get(run_id)
    except UnknownError:  # it has just expired
        return False
    if not set(other.shards) <= set(run.shards) or other.aliases != run.aliases:
        return False
    return words.containment(run.question, other.question) >= ALIKE


DOERS: Mapping[Strategy, Callable[[Run, Held], Tried]] = {
    Strategy.SIDES: _by_weight,
    Strategy.ENGINE: _by_engine,
    Strategy.SHARD: _by_engine,
    Strategy.PARTS: _by_engine,
    Strategy.OLDER: _by_memory,
}
