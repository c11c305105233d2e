"""Shards that a run does not name: who of them holds what it lacks."""

from collections.abc import Iterable, Sequence

from shard.statistics import Statistics, combined
from shard.terms import weighted_terms
from swarm_app.contracts.run import Run
from tasks.process import store

MOST_SHARDS = 2  # that are asked for one brief


def holders(run: Run, texts: Iterable[str]) -> list[str]:
    """The served shards, beside the run's, that have words of these texts which the run's shards lack.

    The one that has most of them first, by their weight; none unless the run may look elsewhere.
    """
    if not run.elsewhere:
        return []
    weights = {term: weight for text in texts for term, weight in weighted_terms(text).items()}
    here = _held(run.shards, list(weights))
    missing = [term for term in weights if not here.frequencies.get(term)]
    others = sorted(_served() - set(run.shards))
    scores = {name: sum(weights[term] for term in _held([name], missing).frequencies) for name in others}
    found = sorted((name for name in others if scores[name] > 0), key=lambda name: -scores[name])
    return found[:MOST_SHARDS]


def _held(shards: Sequence[str], terms: Sequence[str]) -> Statistics:
    return combined(Statistics(*counts) for counts in store().words.find(shards, terms))


def _served() -> set[str]:
    return {name for node in store().nodes.alive() for name in node.holds}
