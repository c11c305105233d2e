"""What the roles that work on claims, contradictions and open questions are given, one function each."""

import re
from itertools import chain, zip_longest

from shard.planner.facets import facets
from shard.planner.material import Material, Sketch, angled, queries, subject, terms_of
from swarm_app import words
from swarm_app.contracts.research import Claim

_HEAD = 90
_DISPUTABLE = re.compile(
    r"(?i)\d|\b(?:not|never|no|cannot|must|only|always|requires?|supports?|version)\b|n['’]t\b"
)
_CUES = (
    "number of days limit maximum timeout size",
    "date year opened started released in",
    "does not support is not allowed never",
    "version required minimum supported",
)  # what passages that can disagree speak of


def signals(material: Material) -> list[Sketch]:
    """One facet of the question each."""
    return [angled(angle, material, f"{angle} {cues}") for angle, cues in facets(material.question)]


def main_claims(material: Material) -> list[Sketch]:
    """One claim each, to find independent support for."""
    return [
        Sketch(
            angle=f"who else says: {_head(claim)}",
            queries=queries(_said(claim), f"{_keywords(claim)} {subject(material.question)}"),
            claims=(claim,),
        )
        for claim in material.claims
    ]


def stock(material: Material) -> list[Sketch]:
    """What is known, unclear and in tension, in turns."""
    turns = zip_longest(_known(material), _unclear(material), _in_tension(material))
    return [sketch for sketch in chain.from_iterable(turns) if sketch is not None]


def disputes(material: Material) -> list[Sketch]:
    """Contradictions first, then claims that state a number, a date or a denial, then the usual cues."""
    about = subject(material.question)
    found = [
        Sketch(
            angle=f"which holds: {words.shorten(pair.subject, _HEAD)}",
            queries=queries(pair.subject, pair.left.quote, pair.right.quote),
            contradictions=(pair,),
        )
        for pair in (material.latest.contradictions if material.latest else ())
    ]
    claims = sorted(material.claims, key=lambda claim: not _DISPUTABLE.search(claim.statement))
    found += [
        Sketch(
            angle=f"whether passages disagree on: {_head(claim)}",
            queries=queries(_said(claim), f"{about} {cue}", cue),
            claims=(claim,),
        )
        for claim, cue in zip(claims, _CUES * (1 + len(claims) // len(_CUES)), strict=False)
    ]
    return found + [
        Sketch(angle=f"whether passages disagree on {about}: {cue}", queries=queries(f"{about} {cue}", cue))
        for cue in _CUES
    ]


def leads(material: Material) -> list[Sketch]:
    """One open question each, searched for with the terms learnt on the way; then terms that lead further."""
    learnt = " ".join(material.terms[:3])
    about = subject(material.question)
    asked = [
        Sketch(
            angle=question,
            queries=queries(question, f"{question} {about}", f"{question} {learnt}"),
            open_questions=(question,),
        )
        for question in (material.latest.open_questions if material.latest else ())
    ]
    return asked + [angled(f"{term} and {about}", material) for term in material.terms]


def seats(material: Material) -> list[Sketch]:
    """One guardian each, with the draft answer before it, or what was put to the council."""
    latest = material.latest
    return [
        Sketch(
            angle=f"{guardian.name} judges the draft's {guardian.duty}",
            queries=(),
            claims=_draft(material),
            contradictions=latest.contradictions if latest else (),
            open_questions=latest.open_questions if latest else (),
            guardian=guardian,
        )
        for guardian in material.run.plan.guardians
    ]


def _draft(material: Material) -> tuple[Claim, ...]:
    """What the council judges: the answer as it is shown, without a model's marked inferences."""
    if material.latest is None:
        return material.run.draft
    written = tuple(each for each in material.latest.written if not each.inference)
    return written or material.latest.answer


def _known(material: Material) -> list[Sketch]:
    groups = [material.claims[start : start + 4] for start in range(0, len(material.claims), 4)]
    return [
        Sketch(
            angle=f"known: {_head(group[0])}",
            queries=queries(material.question, " ".join(terms_of(group, material.question))),
            claims=group,
        )
        for group in groups
    ]


def _unclear(material: Material) -> list[Sketch]:
    asked = material.latest.open_questions if material.latest else ()
    about = subject(material.question)
    return [
        Sketch(
            angle=f"unclear: {question}",
            queries=queries(question, f"{question} {about}"),
            open_questions=(question,),
        )
        for question in asked
    ]


def _in_tension(material: Material) -> list[Sketch]:
    pairs = material.latest.contradictions if material.latest else ()
    found = [
        Sketch(
            angle=f"in tension: {words.shorten(pair.subject, _HEAD)}",
            queries=queries(pair.subject, material.question),
            contradictions=(pair,),
        )
        for pair in pairs
    ]
    weakest = sorted(material.claims, key=lambda claim: claim.confidence)
    return found + [
        Sketch(
            angle=f"in tension, standing alone: {_head(claim)}",
            queries=queries(_said(claim), f"{_keywords(claim)} {subject(material.question)}"),
            claims=(claim,),
        )
        for claim in weakest
        if not claim.corroborated
    ]


def _said(claim: Claim) -> str:
    return words.shorten(claim.statement, 300)


def _head(claim: Claim) -> str:
    return words.shorten(claim.statement, _HEAD)


def _keywords(claim: Claim) -> str:
    return " ".join(terms_of([claim], "", most=8))
