"""What a model hands in, as the vendor's typed output, and the draft made of it."""

from typing import Literal

from pydantic import BaseModel, Field

from swarm_app import words
from swarm_app.contracts.documents import Citation
from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Ballot, Brief, Claim, Contradiction, Draft, Kind, Vote
from workers.models.desk import one_line

_KINDS = {Role.CORROBORATE: Kind.CORROBORATION, Role.GUARD: Kind.VOTE}


class WrittenCitation(BaseModel):
    """Lines of a document, and the words quoted from them."""

    path: str = Field(description="the document's path, as shown")
    start: int = Field(description="first line")
    end: int = Field(description="last line")
    quote: str = Field(description="words of these lines, exactly, without numbers and bars")

    def citation(self) -> Citation:
        """The citation, not yet checked."""
        return Citation(path=self.path, start=max(1, self.start), end=max(1, self.end), quote=self.quote)


class WrittenClaim(BaseModel):
    """One statement, and the lines it rests on."""

    statement: str
    confidence: float = Field(ge=0.0, le=1.0)
    citations: list[WrittenCitation] = Field(min_length=1)


class WrittenContradiction(BaseModel):
    """Two passages that cannot both hold."""

    subject: str
    difference: str = Field(description="number, date, version or denial, in a few words")
    left: WrittenCitation
    right: WrittenCitation


class WrittenDraft(BaseModel):
    """Your finding."""

    summary: str = Field(description="one or two sentences")
    confidence: float = Field(ge=0.0, le=1.0)
    claims: list[WrittenClaim] = []
    contradictions: list[WrittenContradiction] = []
    open_questions: list[str] = []
    terms: list[str] = Field(default=[], description="words learnt that others should search for")
    insights: list[int] = Field(
        default=[], description="numbers of the peers' findings that bear on yours, if you were shown any"
    )
    vote: Literal["approve", "reject", "abstain"] | None = Field(
        default=None, description="only if you are a guardian"
    )

    def citations(self) -> tuple[Citation, ...]:
        """All it cites, each once."""
        cited = [each for claim in self.claims for each in claim.citations]
        cited += [side for each in self.contradictions for side in (each.left, each.right)]
        return words.distinct(each.citation() for each in cited)


def draft_of(written: WrittenDraft, brief: Brief) -> Draft:
    """The draft, its citations not yet checked: what fails is dropped behind it, and counted."""
    return Draft(
        kind=_kind(written, brief.role),
        summary=one_line(written.summary),
        confidence=written.confidence,
        citations=written.citations(),
        claims=tuple(_claim(each, brief) for each in written.claims),
        contradictions=tuple(map(_contradiction, written.contradictions)),
        open_questions=tuple(map(one_line, written.open_questions)),
        terms=tuple(map(one_line, written.terms)),
        vote=_vote(written, brief),
        supports=tuple(finding for claim in brief.claims for finding in claim.findings),
        insights=tuple(each for number, each in enumerate(brief.insights, 1) if number in written.insights),
    )


def _kind(written: WrittenDraft, role: Role) -> Kind:
    if role is Role.GUARD:
        return Kind.VOTE
    if role is Role.CONFRONT and written.contradictions:
        return Kind.CONTRADICTION
    return _KINDS.get(role, Kind.CLAIM) if written.claims else Kind.GAP


def _claim(written: WrittenClaim, brief: Brief) -> Claim:
    return Claim(
        statement=one_line(written.statement),
        confidence=written.confidence,
        citations=tuple(each.citation() for each in written.citations),
        facet=brief.angle,
    )


def _contradiction(written: WrittenContradiction) -> Contradiction:
    return Contradiction(
        subject=one_line(written.subject),
        difference=one_line(written.difference),
        left=written.left.citation(),
        right=written.right.citation(),
    )


def _vote(written: WrittenDraft, brief: Brief) -> Vote | None:
    if brief.guardian is None:
        return None
    ballot = Ballot(written.vote or "abstain")
    return Vote(
        guardian=brief.guardian.name,
        vote=ballot,
        reason=one_line(written.summary),
        confidence=written.confidence,
    )
