"""A synthesis in the few words that a coordinator reads."""

from shard.council import outcome
from swarm_app.contracts.research import Claim, Conclusion, Statement, Synthesis


def conclusion(synthesis: Synthesis, *, last: bool) -> Conclusion:
    """What a pass came to; the answer goes with the ``last`` one only, since every pass has a draft of it."""
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
        answer=tuple(map(_statement, synthesis.answer)) if last else (),
        council=outcome(synthesis.votes) if synthesis.votes else "",
    )


def _statement(claim: Claim) -> Statement:
    sources = tuple(citation.source for citation in claim.citations)
    return Statement(statement=claim.statement, sources=sources, confidence=claim.confidence)
