"""Following peers: what findings of other runs name is looked up in the brief's own documents.

What its own run found has reached a brief through its planner, as terms, open questions and known lines.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from swarm_app import words
from swarm_app.contracts.context import Context
from swarm_app.contracts.documents import Excerpt
from swarm_app.contracts.insights import Insight
from swarm_app.contracts.research import Brief, Claim, Draft, Kind
from swarm_app.insights.names import names
from workers.extractive.claims import claim
from workers.extractive.draft import cited, quoted
from workers.extractive.gather import Reading, fresh, read
from workers.extractive.grow import grow
from workers.extractive.learn import MOST_TERMS, learnt_terms
from workers.extractive.scoring import Scored
from workers.extractive.statements import Statement, statements

_MOST_INSIGHTS = 3
_MOST_NAMES = 4  # of one insight
_MOST_PASSAGES = 2  # that mention them
_TOKENS = 600  # read for each insight


@dataclass(frozen=True)
class Trail:
    """Where one insight led: passages that mention what it names."""

    insight: Insight
    excerpts: tuple[Excerpt, ...]
    claims: tuple[Claim, ...]
    terms: tuple[str, ...]


def follow(brief: Brief, context: Context) -> tuple[Trail, ...]:
    """The trails of insights from other runs that name what the brief does not look for by itself."""
    others = [insight for insight in brief.insights if insight.run_id != brief.run_id]
    leads = [(insight, found) for insight in others if (found := _unsought(insight, brief))]
    return tuple(_trail(insight, found, brief, context) for insight, found in leads[:_MOST_INSIGHTS])


def extended(draft: Draft, trails: Sequence[Trail]) -> Draft:
    """The draft with what the trails led to, as far as it does not cite those lines already."""
    for trail in trails:
        draft = _with(draft, trail)
    return draft


def _with(draft: Draft, trail: Trail) -> Draft:
    known = {(one.path, one.start) for one in draft.citations}
    added = tuple(
        each for each in trail.claims if (each.citations[0].path, each.citations[0].start) not in known
    )
    if not added:
        return draft
    claims = (*draft.claims, *added)
    before = "" if draft.kind is Kind.GAP else f"{draft.summary} "
    led = f"Led there by {trail.insight.citations[0].source}: {quoted(added[0].citations[0])}."
    return draft.model_copy(
        update={
            "kind": Kind.CLAIM,
            "summary": f"{before}{led}",
            "confidence": max(each.confidence for each in claims),
            "citations": cited(claims),
            "claims": claims,
            "terms": words.distinct((*draft.terms, *trail.terms))[:MOST_TERMS],
            "insights": (*draft.insights, trail.insight),
        }
    )


def _unsought(insight: Insight, brief: Brief) -> tuple[str, ...]:
    """The names in an insight that the brief's own question and queries do not hold."""
    sought = set(words.terms(" ".join((brief.question, brief.angle, *brief.queries))))
    said = " ".join((insight.statement, *(citation.quote for citation in insight.citations)))
    return tuple(name for name in names(said) if not set(words.terms(name)) <= sought)[:_MOST_NAMES]


def _trail(insight: Insight, found: Sequence[str], brief: Brief, context: Context) -> Trail:
    led = brief.model_copy(update={"queries": (" ".join(found),)})
    reading = read(led, context, tokens=_TOKENS)
    passages = _passages(reading, found, led)
    return Trail(
        insight=insight,
        excerpts=reading.excerpts,
        claims=tuple(_led(claim(passage, led, reading, context), insight) for passage in passages),
        terms=learnt_terms(reading, passages),
    )


def _led(made: Claim, insight: Insight) -> Claim:
    return made.model_copy(update={"insights": (insight.finding_id,)})


def _passages(reading: Reading, found: Sequence[str], brief: Brief) -> list[Statement]:
    """The best statements that mention a name, each with what stands around it in its paragraph."""
    naming = [item for item in fresh(reading, brief.known) if _mentions(item.statement, found)]
    grown = [grow(item, _paragraph(item)) for item in naming]
    distinct = {(one.path, one.start, one.end): one for one in reversed(grown)}
    return list(distinct.values())[::-1][:_MOST_PASSAGES]


def _mentions(statement: Statement, found: Sequence[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", statement.text, re.IGNORECASE) for name in found)


def _paragraph(item: Scored) -> list[Scored]:
    """The statements of its paragraph, all as good as it is: what explains a name need not hold it."""
    group: list[Statement] = []
    for one in statements(item.statement.excerpt):
        if group and (one.start > group[-1].end + 1 or one.texture is not group[-1].texture):
            if item.statement in group:
                break
            group = []
        group.append(one)
    block = item.statement.block
    return [Scored(replace(one, block=block), item.score) for one in group]
