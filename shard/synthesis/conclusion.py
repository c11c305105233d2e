"""A synthesis in the few words that a coordinator reads."""

from collections.abc import Sequence

from shard.council import following, judge
from shard.synthesis.written import shown
from swarm_app.contracts.plan import Plan
from swarm_app.contracts.research import Claim, Conclusion, Statement, Synthesis


def conclusion(plan: Plan, concluded: Sequence[Synthesis]) -> Conclusion:
    """What the last of the concluded passes came to; with the answer if no pass follows it."""
    return in_short(plan, concluded[-1], answered=following(plan, concluded) is None)


def in_short(plan: Plan, synthesis: Synthesis, *, answered: bool) -> Conclusion:
    """What a pass came to; the answer goes only where it is wanted, since every pass has a draft of it."""
    return Conclusion(
        run_id=synthesis.run_id,
        pass_number=synthesis.pass_number,
        pass_name=synthesis.pass_name,
        summary=synthesis.summary,
        reported=synthesis.reported,
        failed=synthesis.failed,
        verified=synthesis.evidence.verified,
        dropped=synthesis.evidence.dropped,
        contradictions=len(synthesis.contradictions),
        open_questions=len(synthesis.open_questions),
        answer=tuple(map(_statement, shown(synthesis))) if answered else (),
        council=judge(plan, synthesis.votes).outcome if synthesis.votes else "",
    )


def _statement(claim: Claim) -> Statement:
    sources = tuple(citation.source for citation in claim.citations)
    return Statement(
        statement=claim.statement, sources=sources, confidence=claim.confidence, inference=claim.inference
    )
