"""Angles to fall back on when a pass has more workers than material."""

from collections.abc import Iterator
from itertools import count

from shard.planner.facets import facets
from shard.planner.material import Material, Sketch, angled, queries, subject
from shard.planner.survey import survey


def widen(material: Material) -> Iterator[Sketch]:
    """Without end: facets, learnt terms, parts of the collection, documents, then second looks."""
    yield from (angled(angle, material, f"{angle} {cues}") for angle, cues in facets(material.question))
    yield from (angled(f"{term} in {subject(material.question)}", material) for term in material.terms)
    yield from survey(material)
    yield from _documents(material)
    for number in count(2):
        for angle, cues in facets(material.question):
            yield angled(f"{angle} (look {number})", material, f"{angle} {cues}")


def _documents(material: Material) -> Iterator[Sketch]:
    about = subject(material.question)
    for path in dict.fromkeys(holding.part.path for holding in material.holdings):
        yield Sketch(angle=f"{about} in {path}", queries=queries(about, material.question), scope=(path,))
