"""Which findings of peers bear on a brief, and the claim of each that does."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import NamedTuple

from swarm_app import words
from swarm_app.contracts.documents import Citation, Verdict
from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Brief, Claim, Finding, Kind
from swarm_app.documents.text import CHARS_PER_TOKEN
from swarm_app.insights.topics import shards_of, themes_of

MOST = 6  # insights of one brief
_ALONE = frozenset([Role.CORROBORATE, Role.GUARD, Role.SYNTHESISE])  # who judge and sum up what peers said
_TELLING = frozenset([Kind.CLAIM, Kind.CORROBORATION, Kind.CONTRADICTION])
_LEAST = 2  # terms in common with the brief
_OVERHEAD = 40  # tokens of a claim's origin and source
_CITATIONS = 2


class Told(NamedTuple):
    """A finding and the claim of it that bears on a brief."""

    finding: Finding
    claim: Claim


def hears(brief: Brief) -> bool:
    """Whether a brief begins with what peers found; support and judgement are independent of them."""
    return brief.role not in _ALONE


def bearing(brief: Brief, findings: Iterable[Finding], tokens: int) -> list[Told]:
    """Up to `MOST` findings that bear on a brief, each with its best claim, within ``tokens`` in all.

    Those from elsewhere come first: other runs over other shards, then other runs; what its own run knows,
    its planner knew. A claim bears by the brief's terms that it holds, weighted by their rarity in all the
    claims; one of another run also by those that the other run asks about.
    """
    claims = [Told(finding, claim) for finding in findings for claim in claimed(finding)]
    said = [_said(told, brief) for told in claims]
    wanted = frozenset(words.terms(" ".join((brief.question, brief.angle, *brief.queries))))
    rarity = _rarities(wanted, said)
    least = min(_LEAST, len(wanted))
    scored = [
        (_nearness(told.finding, brief), -sum(rarity[term] for term in wanted & own), place)
        for place, (told, own) in enumerate(zip(claims, said, strict=True))
        if len(wanted & own) >= least and not _known(told.claim, brief)
    ]
    return _within(tokens, [claims[place] for *_, place in sorted(scored)])


def claimed(finding: Finding) -> tuple[Claim, ...]:
    """What a finding says on verified lines, each claim with the first few of them."""
    stated = finding.stated if finding.kind in _TELLING else ()
    checked = (claim.model_copy(update={"citations": _verified(claim.citations)}) for claim in stated)
    return tuple(claim for claim in checked if claim.citations)


def _verified(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    return tuple(each for each in citations if each.verdict is Verdict.VERIFIED)[:_CITATIONS]


def _nearness(finding: Finding, brief: Brief) -> int:
    """0 for another run's finding in other shards, 1 for one in shards of the brief, 2 for its own run's."""
    if finding.run_id == brief.run_id:
        return 2
    return int(not shards_of(finding.topics).isdisjoint(brief.shards))


def _said(told: Told, brief: Brief) -> frozenset[str]:
    quotes = " ".join(citation.quote for citation in told.claim.citations)
    own = words.terms(f"{told.claim.statement} {quotes}")
    asked = () if told.finding.run_id == brief.run_id else themes_of(told.finding.topics)
    return frozenset((*own, *asked))


def _rarities(wanted: frozenset[str], said: Sequence[frozenset[str]]) -> Mapping[str, float]:
    counts = Counter(term for own in said for term in wanted & own)
    return {term: log(1 + len(said) / number) for term, number in counts.items()}


def _known(claim: Claim, brief: Brief) -> bool:
    """Whether the brief was given the claim by its planner."""
    return any(claim.statement == given.statement for given in brief.claims)


def _within(tokens: int, ranked: Sequence[Told]) -> list[Told]:
    """The best of each finding, no lines twice, while they fit."""
    chosen: list[Told] = []
    for told in ranked:
        size = len(told.claim.statement) // CHARS_PER_TOKEN + _OVERHEAD
        if len(chosen) < MOST and size <= tokens and not any(_repeats(told, other) for other in chosen):
            chosen.append(told)
            tokens -= size
    return chosen


def _repeats(told: Told, other: Told) -> bool:
    ours, theirs = told.claim.citations[0], other.claim.citations[0]
    lines = ours.sha256 == theirs.sha256 and ours.start <= theirs.end and theirs.start <= ours.end
    return lines or told.finding.finding_id == other.finding.finding_id
