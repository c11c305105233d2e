"""Themes: documents in which claims surfaced, with the words that those claims have in common."""

from collections import defaultdict

from shard.planner.material import Material, Sketch, queries, subject, terms_of
from swarm_app.contracts.research import Claim

_FOLLOWED = 2  # claims of a document whose own words are searched for


def themes(material: Material) -> list[Sketch]:
    """One sketch for each document that claims cite, those with the strongest claims first.

    Each stays in its document, and searches it for the question, for its subject joined with the learnt
    words, and for what the strongest claims say: what answers further is often told in an answer's words.
    """
    grouped: dict[str, list[Claim]] = defaultdict(list)
    for claim in material.claims:
        for path in dict.fromkeys(citation.path for citation in claim.citations):
            grouped[path].append(claim)
    strongest = sorted(grouped, key=lambda path: (-sum(claim.confidence for claim in grouped[path]), path))
    return [_theme(path, grouped[path], material) for path in strongest]


def _theme(path: str, claims: list[Claim], material: Material) -> Sketch:
    learnt = " ".join(terms_of(claims, material.question))
    about = subject(material.question)
    return Sketch(
        angle=f"{learnt or about} in {path}",
        queries=queries(
            material.question, f"{about} {learnt}", *(claim.statement for claim in claims[:_FOLLOWED])
        ),
        scope=(path,),
        claims=tuple(claims[:3]),
    )
