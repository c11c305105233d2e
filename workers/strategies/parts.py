"""A brief split into parts, and drafts joined into one."""

from collections.abc import Sequence
from functools import reduce
from operator import add

from swarm_app import words
from swarm_app.contracts.research import Brief, Draft, Kind

MOST_PARTS = 3

_LISTS = ("queries", "claims", "contradictions", "open_questions", "known")
_FIRST = (Kind.VOTE, Kind.CONTRADICTION, Kind.CLAIM, Kind.CORROBORATION, Kind.GAP, Kind.FAILED)
_EMPTY = {Kind.GAP, Kind.FAILED}
_LONGEST_SUMMARY = 1_000


def split(brief: Brief) -> list[Brief]:
    """The brief in up to `MOST_PARTS`, each with its share of what it lists; itself where that is one item.

    A guardian's vote is one: it is not split.
    """
    longest = max(len(getattr(brief, name)) for name in _LISTS)
    of = 1 if brief.guardian else max(1, min(MOST_PARTS, longest))
    return [brief.model_copy(update=_share(brief, first, of)) for first in range(of)] if of > 1 else [brief]


def _share(brief: Brief, first: int, of: int) -> dict[str, object]:
    shares: dict[str, object] = {name: getattr(brief, name)[first::of] for name in _LISTS}
    return shares | {"queries": shares["queries"] or brief.queries[:1]}


def joined(drafts: Sequence[Draft]) -> Draft:
    """One draft of several: what each of them found, and what all of them read, wrote and cost."""
    told = [draft for draft in drafts if draft.kind not in _EMPTY] or list(drafts[:1])
    kinds = {draft.kind for draft in told}
    receipts = [draft.receipt for draft in drafts if draft.receipt]
    return Draft(
        kind=next(kind for kind in _FIRST if kind in kinds),
        summary=words.shorten(" ".join(words.distinct(each.summary for each in told)), _LONGEST_SUMMARY),
        confidence=max(draft.confidence for draft in told),
        citations=words.distinct(each for draft in told for each in draft.citations),
        claims=words.distinct(each for draft in told for each in draft.claims),
        contradictions=words.distinct(each for draft in told for each in draft.contradictions),
        answer=words.distinct(each for draft in told for each in draft.answer),
        terms=words.distinct(each for draft in told for each in draft.terms),
        open_questions=words.distinct(each for draft in told for each in draft.open_questions),
        vote=next((draft.vote for draft in told if draft.vote), None),
        supports=words.distinct(each for draft in told for each in draft.supports),
        insights=tuple({each.finding_id: each for draft in told for each in draft.insights}.values()),
        input_tokens=sum(draft.input_tokens for draft in drafts),
        output_tokens=sum(draft.output_tokens for draft in drafts),
        cost_usd=sum(draft.cost_usd for draft in drafts),
        engine=told[0].engine,
        receipt=reduce(add, receipts) if receipts else None,
    )
