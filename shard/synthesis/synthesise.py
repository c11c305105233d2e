"""Synthesis: what a pass concludes from its findings, and what the run knows after it."""

from collections.abc import Sequence

from shard.synthesis.answer import answer, answered, rank, relevant
from shard.synthesis.disputes import disputes
from shard.synthesis.escalations import escalations
from shard.synthesis.merge import merge, quotes_code
from shard.synthesis.questions import learnt, open_questions
from shard.synthesis.rigor import agreements, weigh
from shard.synthesis.tensions import tensions
from swarm_app import words
from swarm_app.contracts.documents import EvidenceCount
from swarm_app.contracts.research import Brief, Claim, Finding, Kind, Synthesis
from swarm_app.contracts.run import Run
from swarm_app.insights.claims import claims_of
from swarm_app.insights.links import unlinked
from swarm_app.plural import counted

MOST_CLAIMS = 40


def synthesise(
    run: Run,
    number: int,
    briefs: Sequence[Brief],
    findings: Sequence[Finding],
    earlier: Sequence[Synthesis],
) -> Synthesis:
    """What pass ``number`` (from 1) concludes; at most `MOST_CLAIMS` claims.

    The findings' citations have been checked: only verified ones carry claims and contradictions. Failed
    findings are counted and otherwise passed over; without any finding, what was known stays known. The
    caller says when it was (``at``).
    """
    spec = run.plan.passes[number - 1]
    before = earlier[-1] if earlier else None
    known = before.claims if before else ()
    held = unlinked([finding for finding in findings if finding.kind is not Kind.FAILED], known)
    added = [claim for finding in held for claim in claims_of(finding)]
    merged = weigh(merge([*known, *added]), briefs, held)
    claims = tuple(rank(run.question, merged)[:MOST_CLAIMS])
    unsolved = escalations(findings)
    pairs = tensions(before.contradictions if before else (), held, disputes(claims))
    told = answer(run.question, claims, pairs)
    earlier_questions = before.open_questions if before else ()
    return Synthesis(
        run_id=run.run_id,
        pass_number=number,
        pass_name=spec.name,
        role=spec.role,
        summary=_summary(held, added, len(pairs) - len(before.contradictions if before else ())) + unsolved,
        escalated=unsolved,
        answer=told,
        claims=claims,
        agreements=agreements(relevant(run.question, claims)),
        contradictions=pairs,
        open_questions=open_questions(answered(run.question, told), earlier_questions, held, claims),
        terms=learnt(before.terms if before else (), held),
        votes=tuple(finding.vote for finding in held if finding.vote is not None),
        findings=tuple(finding.finding_id for finding in findings),
        reported=len(held),
        failed=len(findings) - len(held),
        evidence=sum((finding.evidence for finding in findings), EvidenceCount()),
    )


def _summary(held: Sequence[Finding], added: Sequence[Claim], tension: int) -> str:
    """What the pass added, counted, and its strongest line."""
    votes = [finding.vote.vote.value for finding in held if finding.vote is not None]
    if votes:
        ballots = ", ".join(f"{votes.count(ballot)} {ballot}" for ballot in words.distinct(votes))
        return f"{counted(len(votes), 'guardian')} voted: {ballots}."
    support = sum(finding.kind is Kind.CORROBORATION for finding in held)
    gaps = sum(finding.kind is Kind.GAP for finding in held)
    counts = [
        (len(added), "claim"),
        (support, "corroboration"),
        (tension, "contradiction"),
        (gaps, "gap"),
    ]
    told = ", ".join(counted(count, what) for count, what in counts if count > 0) or "nothing new"
    best = max(added, key=_tellable, default=None)
    return f"{told[:1].upper()}{told[1:]}." + (f" {words.shorten(best.statement, 240)}" if best else "")


def _tellable(claim: Claim) -> tuple[bool, float]:
    """Words before code, then by confidence."""
    return not quotes_code(claim), claim.confidence
