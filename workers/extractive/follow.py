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
from workers.extractive.lines import Texture
from workers.extractive.scoring import Scored
from workers.extractive.statements import Statement, statements

_MOST = 3  # insights
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
    """The trails of insights that name what the brief does not look for by itself."""
    sought = " ".join((brief.question, brief.angle, *brief.queries))
    leads = [(insight, found) for insight in _others(brief) if (found := _naming(insight, sought))]
    return tuple(_trail(insight, found[:_MOST_NAMES], brief, context) for insight, found in leads[:_MOST])


def extended(draft: Draft, trails: Sequence[Trail]) -> Draft:
    """The draft with what the trails led to, as far as it does not cite those lines already."""
    for trail in trails:
        draft = _with(draft, trail)
    return draft


def connected(draft: Draft, brief: Brief) -> Draft:
    """The draft with the insights from documents that the brief cannot read which bear on its claims.

    One does where both name something that the question does not. Claims that the brief was given count too.
    """
    naming = [(each, _naming(each, brief.question)) for each in _others(brief) if each.roots]
    claims = tuple(_connected(each, naming) for each in draft.claims)
    given = (_connected(each, naming) for each in brief.claims)
    bearing = {finding for each in (*claims, *given) for finding in each.insights}
    insights = tuple(each for each in brief.insights if each.finding_id in bearing)
    return draft.model_copy(update={"claims": claims, "insights": insights})


def _connected(claim: Claim, naming: Sequence[tuple[Insight, Sequence[str]]]) -> Claim:
    bearing = (insight.finding_id for insight, found in naming if _mentions(claim.statement, found))
    return claim.model_copy(update={"insights": tuple(bearing)})


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
        }
    )


def _others(brief: Brief) -> list[Insight]:
    return [insight for insight in brief.insights if insight.run_id != brief.run_id]


def _naming(insight: Insight, known: str) -> tuple[str, ...]:
    """The names in an insight that do not stand in a text."""
    terms = set(words.terms(known))
    said = " ".join((insight.statement, *(citation.quote for citation in insight.citations)))
    return tuple(name for name in names(said) if not set(words.terms(name)) <= terms)


def _trail(insight: Insight, found: Sequence[str], brief: Brief, context: Context) -> Trail:
    led = brief.model_copy(update={"queries": (" ".join(found),)})
    reading = read(led, context, tokens=_TOKENS)
    passages = _passages(reading, found, led)
    return Trail(
        insight=insight,
        excerpts=reading.excerpts,
        claims=tuple(claim(passage, led, reading, context) for passage in passages),
        terms=learnt_terms(reading, passages),
    )


def _passages(reading: Reading, found: Sequence[str], brief: Brief) -> list[Statement]:
    """The best statements that mention a name, each with what stands around it in its paragraph."""
    naming = [item for item in fresh(reading, brief.known) if _mentions(item.statement.text, found)]
    grown = [grow(item, _paragraph(item)) for item in naming]
    distinct = {(one.path, one.start, one.end): one for one in reversed(grown)}
    return list(distinct.values())[::-1][:_MOST_PASSAGES]


def _mentions(text: str, found: Sequence[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) for name in found)


def _paragraph(item: Scored) -> list[Scored]:
    """The statements of its paragraph, all as good as it is: what explains a name need not hold it."""
    if item.statement.texture is Texture.ROW:
        return []
    group: list[Statement] = []
    for one in statements(item.statement.excerpt):
        if group and (one.start > group[-1].end + 1 or one.texture is not group[-1].texture):
            if item.statement in group:
                break
            group = []
        group.append(one)
    block = item.statement.block
    return [Scored(replace(one, block=block), item.score) for one in group]
