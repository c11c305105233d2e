"""The short forms that a model without tools fills in, one kind for what its role hands in.

A form asks for words alone: where a quote stands is looked up in what the model was shown, so that no
number has to be copied. Bounds are told in the schema, which a server may enforce; a longer answer is taken
all the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, Field

from swarm_app.contracts.documents import Excerpt
from swarm_app.contracts.plan import Role
from swarm_app.documents.text import split_lines
from workers.models.written import WrittenCitation, WrittenClaim, WrittenContradiction, WrittenDraft

_SURE = 0.5  # what a small model says of its own confidence tells nothing
_FEWEST_WORDS = 3  # of an answer
_MARK = re.compile(r"(?:^|(?<=\s))\d+\|(?:\s|$)")  # what stands before a line that is shown

Quote = Annotated[
    str,
    Field(
        description="words of one excerpt that answer, copied exactly, a sentence or a line",
        json_schema_extra={"maxLength": 240},
    ),
]
Sentence = Annotated[
    str, Field(description="one sentence in your own words", json_schema_extra={"maxLength": 240})
]


class QuotedClaim(BaseModel):
    """A quote, and what it says."""

    quote: Quote
    answer: Sentence

    @property
    def statement(self) -> str:
        """What is claimed: the answer; the quote itself, where that says nothing or only asks again."""
        says = len(self.answer.split()) >= _FEWEST_WORDS and not self.answer.rstrip().endswith("?")
        return self.answer if says else _words(self.quote)


class QuotedContradiction(BaseModel):
    """Two quotes that cannot both hold."""

    left: Quote
    right: Quote
    subject: Sentence


class Form(BaseModel):
    """What a model without tools hands in."""

    example: ClassVar[str]  # many servers keep to the schema, and do not show it to the model

    def quotes(self) -> Iterator[str]:
        """The words it cites."""
        yield from ()

    def written(self, shown: Sequence[Excerpt]) -> WrittenDraft:
        """The draft, each quote with the lines where it was shown."""
        raise NotImplementedError


class ClaimForm(Form):
    """Your finding."""

    example = '{"claims": [{"quote": "…", "answer": "…"}]}'
    claims: list[QuotedClaim] = Field(
        description="empty if nothing that was shown answers", json_schema_extra={"maxItems": 2}
    )

    def quotes(self) -> Iterator[str]:
        """The words it cites."""
        yield from (claim.quote for claim in self.claims)

    def written(self, shown: Sequence[Excerpt]) -> WrittenDraft:
        """Its claims; the first is the summary."""
        claims = [
            WrittenClaim(statement=each.statement, confidence=_SURE, citations=[cited(each.quote, shown)])
            for each in self.claims
        ]
        summary = claims[0].statement if claims else "Nothing that was shown answers."
        return WrittenDraft(summary=summary, confidence=_SURE if claims else 0.0, claims=claims)


class ContradictionForm(Form):
    """Your finding."""

    example = '{"contradictions": [{"left": "…", "right": "…", "subject": "…"}]}'
    contradictions: list[QuotedContradiction] = Field(
        description="empty if nothing that was shown disagrees", json_schema_extra={"maxItems": 2}
    )

    def quotes(self) -> Iterator[str]:
        """The words it cites."""
        for pair in self.contradictions:
            yield from (pair.left, pair.right)

    def written(self, shown: Sequence[Excerpt]) -> WrittenDraft:
        """Its contradictions; the first one's subject is the summary."""
        pairs = [
            WrittenContradiction(
                subject=each.subject,
                difference="told by a model",
                left=cited(each.left, shown),
                right=cited(each.right, shown),
            )
            for each in self.contradictions
        ]
        summary = pairs[0].subject if pairs else "Nothing that was shown disagrees."
        return WrittenDraft(summary=summary, confidence=_SURE if pairs else 0.0, contradictions=pairs)


class VoteForm(Form):
    """Your vote."""

    example = '{"reason": "…", "vote": "approve, reject or abstain"}'
    reason: Sentence
    vote: Literal["approve", "reject", "abstain"]

    def written(self, shown: Sequence[Excerpt]) -> WrittenDraft:
        """Its vote."""
        return WrittenDraft(summary=self.reason, confidence=_SURE, vote=self.vote)


_FORMS: Mapping[Role, type[Form]] = {Role.CONFRONT: ContradictionForm, Role.GUARD: VoteForm}


def form(role: Role) -> type[Form]:
    """What a worker of this role fills in."""
    return _FORMS.get(role, ClaimForm)


def cited(quote: str, shown: Sequence[Excerpt]) -> WrittenCitation:
    """The quote with the lines where it was shown, capitals as they stand there.

    One that stands nowhere is given the first line that was shown: the gate drops and counts it there.
    """
    words = _words(quote)
    for excerpt in shown:
        if found := _found(words, excerpt):
            return found
    path, line = (shown[0].path, shown[0].start) if shown else ("nothing was shown", 1)
    return WrittenCitation(path=path, start=line, end=line, quote=words)


def _words(quote: str) -> str:
    """A quote without numbers and bars, and with single spaces."""
    return " ".join(_MARK.sub("", quote).split())


def _found(words: str, excerpt: Excerpt) -> WrittenCitation | None:
    """The words as an excerpt has them, white space aside."""
    text, numbers = "", list[int]()  # of each character, its line
    for number, line in enumerate(split_lines(excerpt.text), excerpt.start):
        if shown := " ".join(line.split()):
            text += f"{shown} "
            numbers += [number] * (len(shown) + 1)
    match = re.search(re.escape(words), text, re.IGNORECASE) if words else None
    if match is None:
        return None
    start, end = numbers[match.start()], numbers[match.end() - 1]
    return WrittenCitation(path=excerpt.path, start=start, end=end, quote=match[0])
