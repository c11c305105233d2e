"""Planning a pass: one brief for each of its workers, from what the earlier passes found."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

from shard.planner.engines import engines
from shard.planner.facets import facets, served
from shard.planner.material import ANGLE_CHARS, Holding, Material, Sketch
from shard.planner.repairs import repairs
from shard.planner.roles import disputes, leads, main_claims, seats, signals, stock
from shard.planner.survey import survey
from shard.planner.themes import themes
from shard.planner.widen import widen
from swarm_app import words
from swarm_app.contracts.ids import brief_id
from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Brief, Synthesis
from swarm_app.contracts.run import Run

_ROLES: Mapping[Role, Callable[[Material], list[Sketch]]] = {
    Role.SIGNAL: signals,
    Role.ANALYSE: themes,
    Role.CORROBORATE: main_claims,
    Role.SURVEY: survey,
    Role.CONSOLIDATE: stock,
    Role.CONFRONT: disputes,
    Role.DEEPEN: leads,
    Role.GUARD: seats,
    Role.REPAIR: repairs,
}


def plan_pass(
    run: Run, number: int, earlier: Sequence[Synthesis], holdings: Sequence[Holding]
) -> tuple[Brief, ...]:
    """The briefs of pass ``number`` (from 1): exactly as many as it has workers, no two alike.

    ``earlier`` are the syntheses of the passes before, in order; ``holdings`` what the run's shards hold. The
    same values always give the same briefs.
    """
    material = Material(run, number, tuple(earlier), tuple(holdings))
    sketches = chain(_ROLES[material.spec.role](material), widen(material))
    chosen = [sketch for sketch, _ in zip(_distinct(sketches), range(material.spec.workers), strict=False)]
    return tuple(_brief(material, sketch, place) for place, sketch in enumerate(chosen, 1))


def _distinct(sketches: Iterator[Sketch]) -> Iterator[Sketch]:
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for sketch in sketches:
        angle = words.shorten(sketch.angle, ANGLE_CHARS)
        if (angle.lower(), sketch.scope) not in seen:
            seen.add((angle.lower(), sketch.scope))
            yield sketch


def _brief(material: Material, sketch: Sketch, place: int) -> Brief:
    run, spec = material.run, material.spec
    return Brief(
        brief_id=brief_id(run.run_id, material.number, place),
        run_id=run.run_id,
        pass_number=material.number,
        pass_name=spec.name,
        number=place,
        of=spec.workers,
        role=spec.role,
        engine=engines(run, material.number, place, (*sketch.claims, *sketch.contradictions)),
        question=run.question,
        angle=words.shorten(sketch.angle, ANGLE_CHARS),
        facet=_facet(material, sketch),
        instructions=spec.instructions.strip(),
        queries=sketch.queries,
        shards=run.shards,
        scope=sketch.scope,
        claims=sketch.claims,
        contradictions=sketch.contradictions,
        open_questions=sketch.open_questions,
        known=material.known,
        guardian=sketch.guardian,
        coverage=_coverage(material),
    )


def _facet(material: Material, sketch: Sketch) -> str:
    """The facet that the brief serves, among those that the first pass had workers for."""
    known = [angle for angle, _ in facets(material.question)][: material.run.plan.passes[0].workers]
    return served(sketch.angle, [claim.facet for claim in sketch.claims], known)


def _coverage(material: Material) -> dict[str, int]:
    cited = {span.path for span in material.known}
    return {
        "documents": material.run.documents,
        "lines": material.run.lines,
        "tokens": material.run.tokens,
        "documents_cited": len(cited),
        "claims": len(material.claims),
    }
