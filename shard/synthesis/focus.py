"""Findings seen from another question than the one they were found for."""

from collections.abc import Sequence

from swarm_app import words
from swarm_app.contracts.research import Claim, Finding


def focus(findings: Sequence[Finding], wanted: str) -> list[Finding]:
    """The findings with what bears on ``wanted`` alone.

    A claim's confidence is multiplied by the share of the wanted terms that it holds; one that holds none is
    left out. If no claim holds any, the findings stay as they are.
    """
    terms = set(words.subjects(wanted))
    seen = [each.model_copy(update={"claims": _bearing(each.claims, terms)}) for each in findings]
    kept = [each for each in seen if each.claims]
    return kept or list(findings)


def _bearing(claims: Sequence[Claim], terms: set[str]) -> tuple[Claim, ...]:
    shares = ((claim, _share(claim, terms)) for claim in claims)
    return tuple(
        claim.model_copy(update={"confidence": claim.confidence * share}) for claim, share in shares if share
    )


def _share(claim: Claim, terms: set[str]) -> float:
    quotes = " ".join(citation.quote for citation in claim.citations)
    return len(terms & set(words.terms(f"{claim.statement} {quotes}"))) / (len(terms) or 1)
