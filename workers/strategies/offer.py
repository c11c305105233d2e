"""Which assists are offered against an obstacle."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from swarm_app.contracts import engines
from swarm_app.contracts.assist import Assist, Blockage
from swarm_app.contracts.help import Obstacle, Strategy, Urgency
from swarm_app.contracts.ids import assist_id
from swarm_app.contracts.research import Brief
from swarm_app.contracts.run import Run
from workers.strategies.parts import split

_MOST_ENGINES = 3

_AGAINST: Mapping[Obstacle, tuple[Strategy, ...]] = {
    Obstacle.RATE_LIMIT: (Strategy.ENGINE, Strategy.OLDER),
    Obstacle.REFUSAL: (Strategy.ENGINE, Strategy.OLDER),
    Obstacle.MISSING_CONTEXT: (Strategy.SHARD, Strategy.OLDER),
    Obstacle.TOO_LARGE: (Strategy.PARTS, Strategy.ENGINE),
    Obstacle.CONTRADICTION: (Strategy.SIDES, Strategy.ENGINE, Strategy.SHARD, Strategy.OLDER),
}


@dataclass(frozen=True)
class Means:
    """What there is to help with."""

    engines: Sequence[str] = ()  # that the brief has not tried
    shards: Sequence[str] = ()  # that hold what it lacks, beside its run's


def offer(blockage: Blockage, brief: Brief, means: Means) -> list[Assist]:
    """The assists, most promising strategy first; none where there is nothing to try."""
    met = _met(brief, blockage)
    chosen = chain.from_iterable(_WAYS[each](met, means) for each in _AGAINST[blockage.obstacle])
    return [
        _numbered(each, number, blockage.urgency if each.strategy is not Strategy.OLDER else Urgency.LOW)
        for number, each in enumerate(chosen, 1)
    ]


def others(run: Run, brief: Brief, tried: str) -> list[str]:
    """The engines not ``tried`` that may stand in: those that are named, and the one that costs nothing."""
    passes = (engines.names(spec.engine) for spec in run.plan.passes)
    named = chain(engines.names(brief.engine), engines.names(run.engine), *passes, (engines.EXTRACTIVE,))
    out = {*engines.names(tried), ""}
    return [each for each in dict.fromkeys(named) if each not in out][:_MOST_ENGINES]


def _numbered(assist: Assist, number: int, urgency: Urgency) -> Assist:
    named = {"number": number, "assist_id": assist_id(assist.brief_id, number), "urgency": urgency}
    return assist.model_copy(update=named)


def _met(brief: Brief, blockage: Blockage) -> Brief:
    """The brief with the contradictions that its worker met."""
    met = blockage.so_far.contradictions if blockage.so_far else ()
    return brief.model_copy(update={"contradictions": met or brief.contradictions})


def _both_sides(brief: Brief, means: Means) -> list[Assist]:
    asked = {"shards": tuple(means.shards), "contradictions": brief.contradictions}
    return [] if brief.guardian else [_assist(brief, Strategy.SIDES, **asked)]


def _other_engines(brief: Brief, means: Means) -> list[Assist]:
    return [_assist(brief, Strategy.ENGINE, engine=engine) for engine in dict.fromkeys(means.engines)]


def _other_shards(brief: Brief, means: Means) -> list[Assist]:
    asked = [_assist(brief, Strategy.SHARD, shards=(shard,)) for shard in means.shards]
    return [*asked, *([_assist(brief, Strategy.SHARD)] if brief.scope else [])]


def _parts(brief: Brief, _: Means) -> list[Assist]:
    of = len(split(brief))
    return [_assist(brief, Strategy.PARTS, part=part, of=of) for part in range(1, of + 1)] if of > 1 else []


def _older(brief: Brief, _: Means) -> list[Assist]:
    return [] if brief.guardian else [_assist(brief, Strategy.OLDER)]


def _assist(brief: Brief, strategy: Strategy, **fields: object) -> Assist:
    named = {"assist_id": "", "brief_id": brief.brief_id, "number": 1, "strategy": strategy}
    return Assist.model_validate(named | fields)


_WAYS: Mapping[Strategy, Callable[[Brief, Means], list[Assist]]] = {
    Strategy.SIDES: _both_sides,
    Strategy.ENGINE: _other_engines,
    Strategy.SHARD: _other_shards,
    Strategy.PARTS: _parts,
    Strategy.OLDER: _older,
}


def work(brief: Brief, assist: Assist) -> Brief:
    """The brief as whoever helps does it."""
    if assist.strategy is Strategy.ENGINE:
        return brief.model_copy(update={"engine": assist.engine})
    if assist.strategy is Strategy.SHARD:
        return brief.model_copy(update={"scope": (), "shards": (*brief.shards, *assist.shards)})
    if assist.strategy is Strategy.SIDES:
        wide = {"scope": (), "shards": (*brief.shards, *assist.shards)}
        return brief.model_copy(
            update=wide | {"engine": engines.EXTRACTIVE, "contradictions": assist.contradictions}
        )
    if assist.strategy is Strategy.PARTS:
        return split(brief)[assist.part - 1]
    return brief
