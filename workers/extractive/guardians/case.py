"""The case before a guardian: the draft's claims, and what the shards hold on them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from swarm_app import sense, words
from swarm_app.contracts.context import Context
from swarm_app.contracts.documents import Citation, Excerpt, Verdict
from swarm_app.contracts.research import Ballot, Brief, Claim

_HELD = 0.5  # share of a claim's terms from which a quote says it


class Opinion(NamedTuple):
    """A ballot, its reason in figures, and how sure it is, 0 to 1."""

    ballot: Ballot
    reason: str
    confidence: float


@dataclass
class Case:
    """One draft on trial. What is read in the shards is kept, since reading counts."""

    brief: Brief
    context: Context
    read: list[Excerpt] = field(default_factory=list)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The draft, claim by claim."""
        return self.brief.claims

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What the draft cites, each once."""
        return words.distinct(citation for claim in self.claims for citation in claim.citations)

    def passages(self, queries: Sequence[str], tokens: int) -> list[list[Excerpt]]:
        """What the shards hold on each of these texts, best first; nothing without a text."""
        if not queries:
            return []
        found = self.context.search(list(queries), tokens=tokens, scope=self.brief.scope)
        self.read += [excerpt for answer in found for excerpt in answer]
        return found

    def lines(self, citation: Citation) -> Excerpt | None:
        """The cited lines as the shards hold them now."""
        excerpt = self.context.read(citation.path, citation.start, citation.end)
        if excerpt is not None:
            self.read.append(excerpt)
        return excerpt

    def rests(self, claim: Claim) -> bool:
        """Whether lines stand where the claim cites them, and say what it says; none may deny it."""
        said = [said for citation in claim.citations if (said := self._said(citation))]
        held = words.containment(claim.statement, " ".join(said)) >= _HELD
        return held and not any(sense.denies(claim.statement, each) for each in said)

    def _said(self, citation: Citation) -> str:
        """What a citation brings: its verified quote if that stands, all of bare lines, or nothing."""
        bare = citation.verdict is Verdict.UNCHECKED and not citation.quote
        excerpt = self.lines(citation) if bare or citation.verdict is Verdict.VERIFIED else None
        if excerpt is None:
            return ""
        stands = " ".join(citation.quote.split()) in " ".join(excerpt.text.split())
        return (citation.quote or excerpt.text) if stands else ""


def by_share(share: float, reason: str, *, approve: float, reject: float) -> Opinion:
    """Approves from a share on, rejects below another, abstains between; the surer, the further from both."""
    if share >= approve:
        return Opinion(Ballot.APPROVE, reason, round(share, 2))
    if share < reject:
        return Opinion(Ballot.REJECT, reason, round(1 - share, 2))
    return Opinion(Ballot.ABSTAIN, reason, 0.5)


def share_of(part: float, whole: int) -> float:
    """A part of a whole; none of nothing."""
    return part / whole if whole else 0.0
