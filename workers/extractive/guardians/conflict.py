"""Does anything say otherwise?"""

from collections.abc import Iterable, Sequence

from swarm_app.contracts.documents import Citation, Excerpt, meet
from swarm_app.contracts.research import Ballot, Claim, Contradiction
from swarm_app.plural import counted
from workers.extractive.disagree import contradictions
from workers.extractive.guardians.case import Case, Opinion
from workers.extractive.statements import Statement, statements

_TOKENS = 400  # read for each claim
_DRAFT = "\0draft"  # the path under which a claim's own words stand: no document has it


def contradiction(case: Case) -> Opinion:
    """Rejects when a contradiction touches cited lines, or these disagree; abstains when others are open."""
    known = case.brief.contradictions
    touching = sum(_touches(pair, case.citations) for pair in known)
    own = contradictions(_cut(excerpt for each in case.citations if (excerpt := case.lines(each))))
    reason = (
        f"{counted(len(known), 'contradiction')} unresolved, {touching} in lines that the draft cites; "
        f"{len(own)} between these lines themselves"
    )
    if touching or own:
        return Opinion(Ballot.REJECT, reason, 0.9)
    if not case.claims:
        return Opinion(Ballot.ABSTAIN, reason, 0.0)
    return Opinion(Ballot.ABSTAIN, reason, 0.5) if known else Opinion(Ballot.APPROVE, reason, 0.7)


def denial(case: Case) -> Opinion:
    """Searches the shards for what denies a claim: another number, date or version, or a no."""
    found = case.passages([claim.statement for claim in case.claims], _TOKENS)
    against = [
        pair for claim, passages in zip(case.claims, found, strict=True) for pair in _against(claim, passages)
    ]
    seen = sum(map(len, found))
    reason = f"{len(against)} of {counted(seen, 'passage')} say otherwise"
    if against:
        other = against[0].right if against[0].left.path == _DRAFT else against[0].left
        return Opinion(Ballot.REJECT, f"{reason}: {other.source} ({against[0].difference})", 0.8)
    return Opinion(Ballot.APPROVE, reason, 0.6) if seen else Opinion(Ballot.ABSTAIN, reason, 0.0)


def _against(claim: Claim, passages: Sequence[Excerpt]) -> list[Contradiction]:
    """The pairs in which one side is the claim's own words, and the other is not."""
    said = _as_excerpt(claim)  # passage by passage: many values side by side would look like a list
    pairs = [pair for passage in passages for pair in contradictions(_cut([said, passage]))]
    return [pair for pair in pairs if (pair.left.path == _DRAFT) != (pair.right.path == _DRAFT)]


def _as_excerpt(claim: Claim) -> Excerpt:
    text = claim.statement if claim.statement.endswith((".", "!", "?")) else f"{claim.statement}."
    return Excerpt(path=_DRAFT, sha256="", start=1, end=1, start_char=0, end_char=len(text), text=text)


def _cut(excerpts: Iterable[Excerpt]) -> list[Statement]:
    return [statement for excerpt in excerpts for statement in statements(excerpt)]


def _touches(pair: Contradiction, cited: Sequence[Citation]) -> bool:
    return any(meet(side, each) for side in (pair.left, pair.right) for each in cited)
