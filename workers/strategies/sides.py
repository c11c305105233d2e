"""Both sides of a contradiction: what else the shards hold that speaks for either, weighed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from swarm_app.contracts.context import Context
from swarm_app.contracts.documents import Citation, Excerpt
from swarm_app.contracts.research import Brief, Claim, Contradiction, Draft, Kind
from swarm_app.errors import EngineError
from swarm_app.plural import counted
from workers.extractive.confront import confront
from workers.extractive.draft import cited, finish, quoted
from workers.extractive.frames import Frame, difference, frame
from workers.extractive.statements import Statement, statements

_MOST = 5  # contradictions
_TOKENS = 1000  # searched for each side
_WITNESSES = 2  # that are cited for each side
_CERTAINTY = 0.7  # that they disagree, as the engine's that found them


@dataclass(frozen=True)
class Weighed:
    """A contradiction, and the documents that speak for its sides; a side of None stands nowhere any more."""

    pair: Contradiction
    left: Citation | None
    right: Citation | None
    for_left: tuple[Citation, ...] = ()  # one of each document, copies of a side's words aside
    for_right: tuple[Citation, ...] = ()

    @property
    def tells(self) -> bool:
        """Whether there is more to say than that they disagree."""
        return bool(self.for_left or self.for_right or (self.left is None) != (self.right is None))

    @property
    def is_settled(self) -> bool:
        """Whether one side outweighs the other."""
        return len(self.for_left) != len(self.for_right) or not (self.left and self.right)


def weigh(brief: Brief, context: Context) -> Draft:
    """Each contradiction of the brief with both sides cited, and what else speaks for either.

    Those that it was given, or without any those that it meets. Raises `EngineError` where the shards hold
    nothing else on any of them.
    """
    pairs = brief.contradictions or confront(brief, context).contradictions
    read: list[Excerpt] = []
    found = [each for pair in pairs[:_MOST] if (each := _weighed(pair, context, read)).tells]
    if not found:
        raise EngineError("Nothing else in the shards speaks for either side.")
    claims = tuple(_claim(each, brief) for each in found)
    disputed = tuple(each.pair for each in found if each.left and each.right)
    draft = Draft(
        kind=Kind.CONTRADICTION if disputed else Kind.CLAIM,
        summary=" ".join(claim.statement for claim in claims[:2]),
        confidence=_CERTAINTY,
        citations=cited(claims),
        claims=claims,
        contradictions=disputed,
        open_questions=tuple(
            f"Which passage holds on “{each.pair.subject}” ({each.pair.difference})?"
            for each in found
            if not each.is_settled
        ),
        supports=tuple(finding for claim in brief.claims for finding in claim.findings),
    )
    return finish(draft, brief, read)


def _weighed(pair: Contradiction, context: Context, read: list[Excerpt]) -> Weighed:
    left, right = (_standing(side, context) for side in (pair.left, pair.right))
    if left is None or right is None:
        return Weighed(pair, left.citation if left else None, right.citation if right else None)
    answers = context.search([left.text, right.text], tokens=_TOKENS)
    excerpts = [excerpt for answer in answers for excerpt in answer]
    read += excerpts
    others = _others([each for excerpt in excerpts for each in statements(excerpt)], (left, right))
    ours, theirs = frame(left), frame(right)
    if ours is None or theirs is None:
        return Weighed(pair, left.citation, right.citation)
    return Weighed(
        pair, left.citation, right.citation, _speaking(others, ours, theirs), _speaking(others, theirs, ours)
    )


def _standing(side: Citation, context: Context) -> Statement | None:
    """The statement that a side quotes, as its lines read today; None where they say something else."""
    excerpt, said = context.read(side.path, side.start, side.end), " ".join(side.quote.split())
    found = statements(excerpt) if excerpt else []
    return next((each for each in found if said in each.quote or each.quote in said), None)


def _others(found: Iterable[Statement], sides: Sequence[Statement]) -> list[Frame]:
    """What can be compared in other documents; a copy of a side's words says nothing again."""
    paths, copied = {side.path for side in sides}, {side.quote for side in sides}
    apart = (each for each in found if each.path not in paths and each.quote not in copied)
    return [each for each in map(frame, apart) if each]


def _speaking(others: Sequence[Frame], side: Frame, against: Frame) -> tuple[Citation, ...]:
    """One statement of each document that disagrees with the other side as this one does."""
    spoken = [
        each.statement.citation for each in others if difference(each, against) and not difference(each, side)
    ]
    return tuple({each.sha256: each for each in reversed(spoken)}.values())[::-1]


def _claim(weighed: Weighed, brief: Brief) -> Claim:
    sides = [side for side in (weighed.left, weighed.right) if side]
    witnesses = (*weighed.for_left[:_WITNESSES], *weighed.for_right[:_WITNESSES])
    return Claim(
        statement=_told(weighed),
        citations=(*sides, *witnesses),
        confidence=_CERTAINTY,
        facet=brief.angle,
    )


def _told(weighed: Weighed) -> str:
    if weighed.left and weighed.right:
        ours, theirs = len(weighed.for_left), len(weighed.for_right)
        disagree = f"{quoted(weighed.left)}, but {quoted(weighed.right)} ({weighed.pair.difference})."
        return f"{disagree} For the first {_speak(ours)}, for the second {_speak(theirs)}."
    stands, gone = (weighed.left, weighed.pair.right) if weighed.left else (weighed.right, weighed.pair.left)
    assert stands is not None
    return f"{quoted(stands)}; what disagreed does not stand in {gone.path} any more."


def _speak(documents: int) -> str:
    if not documents:
        return "no other document speaks"
    return f"{counted(documents, 'other document')} speak{'s' if documents == 1 else ''}"
