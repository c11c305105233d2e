"""What stays open, and the words learnt on the way."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from swarm_app import words
from swarm_app.contracts.research import Claim, Finding

MOST_QUESTIONS = 8
MOST_TERMS = 24
_ANSWERED = 0.8  # share of a question's terms in one claim from which it counts as answered
_ALIKE = 0.6


def open_questions(
    asked: Mapping[str, bool], earlier: Iterable[str], findings: Iterable[Finding], claims: Sequence[Claim]
) -> tuple[str, ...]:
    """What stays open, without what the claims answer.

    First those of the questions ``asked`` that have no answer, then this pass's, then what earlier ones left.
    """
    kept = [question for question, answered in asked.items() if not answered]
    for question in (*(one for finding in findings for one in finding.open_questions), *earlier):
        repeated = any(words.similarity(question, other) >= _ALIKE for other in kept)
        if not repeated and question not in asked and not _answered(question, claims):
            kept.append(question)
    return tuple(kept[:MOST_QUESTIONS])


def learnt(earlier: Sequence[str], findings: Iterable[Finding]) -> tuple[str, ...]:
    """Terms by how often and how early findings name them; earlier ones count as one finding more."""
    counts: Counter[str] = Counter()
    for terms in (earlier, *(finding.terms for finding in findings)):
        for place, term in enumerate(terms):
            counts[term] += MOST_TERMS - min(place, MOST_TERMS - 1)
    return tuple(term for term, _ in counts.most_common(MOST_TERMS))


def _answered(question: str, claims: Sequence[Claim]) -> bool:
    wanted = set(words.terms(question))
    return any(
        len(wanted & set(words.terms(claim.statement))) >= _ANSWERED * len(wanted)
        for claim in claims
        if question not in claim.facet
    )
