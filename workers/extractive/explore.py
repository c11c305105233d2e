"""Looking for evidence: signal, analyse, survey, consolidate and deepen differ in their briefs, not here."""

from collections.abc import Sequence

from swarm_app import words
from swarm_app.contracts.context import Context
from swarm_app.contracts.documents import MIN_QUOTE_CHARS
from swarm_app.contracts.research import Brief, Contradiction, Draft, Kind
from workers.extractive.claims import claim
from workers.extractive.disagree import contradictions
from workers.extractive.draft import cited, finish, gap, summarise
from workers.extractive.follow import connected, extended, follow
from workers.extractive.gather import Reading, choose, fresh, nearest, read
from workers.extractive.learn import learnt_terms, open_questions
from workers.extractive.scoring import coverage
from workers.extractive.statements import Statement

THIN = 0.15  # share of the asked terms, by rarity, below which a quote is no evidence
_MOST_DISPUTES = 3  # that one worker reports beside its claims


def explore(brief: Brief, context: Context) -> Draft:
    """The best statements of the brief's angle outside the known lines, or a gap when evidence is too thin.

    Evidence is too thin when no excerpt holds enough of its query, or when less than `THIN` of the question's
    terms, and of the focus's, stand in or around the chosen statements. Beside that, whatever findings of
    other runs led to.
    """
    reading = read(brief, context)
    trails = follow(brief, context)
    excerpts = (*reading.excerpts, *(excerpt for trail in trails for excerpt in trail.excerpts))
    draft = extended(_draft(reading, brief, context), trails)
    return finish(connected(draft, brief), brief, excerpts)


def _draft(reading: Reading, brief: Brief, context: Context) -> Draft:
    rest = fresh(reading, brief.known)
    chosen = choose(rest)
    if not reading.is_enough or _share(chosen, reading) < THIN:
        return gap(brief, "what was read hardly touches it, or is known already", nearest(rest))
    claims = tuple(claim(statement, brief, reading, context) for statement in chosen)
    disputes = _disputes(chosen, reading)
    sides = (side for pair in disputes for side in (pair.left, pair.right))
    return Draft(
        kind=Kind.CLAIM,
        summary=summarise(claims),
        confidence=max(claim.confidence for claim in claims),
        citations=words.distinct((*cited(claims), *sides)),
        claims=claims,
        contradictions=disputes,
        terms=learnt_terms(reading, chosen),
        open_questions=open_questions(brief.question, chosen),
    )


def _disputes(chosen: Sequence[Statement], reading: Reading) -> tuple[Contradiction, ...]:
    """What was read that says otherwise than a chosen statement."""
    found = contradictions((item.statement for item in reading.ranked), of=chosen)
    quotable = (pair for pair in found if min(len(pair.left.quote), len(pair.right.quote)) >= MIN_QUOTE_CHARS)
    return tuple(quotable)[:_MOST_DISPUTES]


def _share(chosen: Sequence[Statement], reading: Reading) -> float:
    """The better of the question's and the focus's shares of terms that stand in or around them."""
    said = " ".join(f"{statement.excerpt.text} {statement.text}" for statement in chosen)
    return max(coverage(wanted, said, reading.rarity) for wanted in (reading.ask.question, reading.ask.focus))
