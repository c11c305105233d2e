"""Where an insight comes from: the names that another run's documents have in the run that hears of them."""

from collections.abc import Mapping, Sequence

from swarm_app.contracts.documents import Citation
from swarm_app.contracts.insights import Insight
from swarm_app.contracts.run import Run
from swarm_app.insights.bearing import Told


def insight_of(told: Told, cited: Sequence[Citation], origin: Run, run: Run) -> Insight:
    """What a finding of ``origin`` says to ``run``, on these citations.

    A folder that both runs read has the name that ``run`` gives it; any other one's is made unique by where
    it comes from: ``finance@run_5f2c…``.
    """
    named = {first: _name(first, origin, run) for first in {_first(each.path) for each in cited}}
    return Insight(
        finding_id=told.finding.finding_id,
        run_id=origin.run_id,
        pass_number=told.finding.pass_number,
        question=origin.question,
        shards=origin.shards,
        statement=told.claim.statement,
        citations=tuple(_renamed(each, named) for each in cited),
        roots={
            name: origin.roots[first]
            for first, name in named.items()
            if first in origin.roots and name not in run.roots
        },
        confidence=told.claim.confidence,
        reported_at=told.finding.reported_at,
    )


def _name(first: str, origin: Run, run: Run) -> str:
    if origin.run_id == run.run_id:
        return first
    shared = (ours for ours, folder in run.roots.items() if folder == origin.roots.get(first))
    return next(shared, f"{first}@{origin.run_id}")


def _renamed(citation: Citation, named: Mapping[str, str]) -> Citation:
    first = _first(citation.path)
    return citation.model_copy(update={"path": named[first] + citation.path[len(first) :]})


def _first(path: str) -> str:
    return path.partition("/")[0]
