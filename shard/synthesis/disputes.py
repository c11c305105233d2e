"""Claims that cannot both hold: contradictions that no worker had to look for."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from shard.synthesis.merge import overlap, quotes_code
from swarm_app import words
from swarm_app.contracts.documents import Citation
from swarm_app.contracts.research import Claim, Contradiction
from swarm_app.prose import sentences
from swarm_app.sense.frames import Frame, disagreeing, framed

_BULLET = re.compile(r"^(?:[*+•>#-]+|\d{1,2}[.)])\s+")


class _Said(NamedTuple):
    """A sentence that a claim quotes."""

    frame: Frame
    claim: Claim

    @property
    def citation(self) -> Citation:
        return self.claim.citations[0]


def disputes(claims: Sequence[Claim]) -> list[Contradiction]:
    """The pairs of claims whose first quotes disagree in a sentence."""
    said = [each for claim in claims if not quotes_code(claim) for each in _said(claim)]

    def apart(one: int, other: int) -> bool:
        return not overlap(said[one].citation, said[other].citation)

    pairs = disagreeing([each.frame for each in said], apart)
    return [_contradiction(said[one], said[other], difference) for one, other, difference in pairs]


def other_sides(claim: Claim, claims: Sequence[Claim], pairs: Sequence[Contradiction]) -> list[Claim]:
    """What contradicts a claim's first quote: the claims that quote it, or else the bare passages."""
    sides = [(pair.left, pair.right) for pair in pairs] + [(pair.right, pair.left) for pair in pairs]
    against = [other for one, other in sides if overlap(one, claim.citations[0])]
    return [_quoting(side, claim, claims) for side in against]


def _quoting(side: Citation, disputed: Claim, claims: Sequence[Claim]) -> Claim:
    bare = Claim(
        statement=side.quote, citations=(side,), confidence=disputed.confidence, facet=disputed.facet
    )
    return next((each for each in claims if overlap(side, each.citations[0])), bare)


def _said(claim: Claim) -> list[_Said]:
    first = claim.citations[0]
    texts = (_BULLET.sub("", text) for text in sentences(words.unsigned(first.quote)))
    found = (framed(text, first.path) for text in texts)
    return [_Said(frame, claim) for frame in found if frame]


def _contradiction(left: _Said, right: _Said, difference: str) -> Contradiction:
    return Contradiction(
        subject=words.shorten(left.frame.text, 160),
        difference=difference,
        left=left.citation,
        right=right.citation,
        findings=words.distinct((*left.claim.findings, *right.claim.findings)),
        engines=words.distinct((*left.claim.engines, *right.claim.engines)),
    )
