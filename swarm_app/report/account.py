"""What a run cost: tokens, dollars, seconds, executions, and what it covered for that."""

from collections.abc import Sequence
from math import ceil

from shard.synthesis import conclusion
from swarm_app.contracts.documents import Verdict
from swarm_app.contracts.research import Finding, Synthesis
from swarm_app.contracts.run import (
    Coverage,
    EngineUsage,
    Executions,
    PassProgress,
    Progress,
    Run,
    Timings,
    Usage,
)

CHARS_PER_TOKEN = 4  # an estimate for English and code


def coverage(run: Run, findings: Sequence[Finding]) -> Coverage:
    """What the run could read, and how many of its documents a verified citation names."""
    cited = {
        citation.path
        for finding in findings
        for citation in finding.citations
        if citation.verdict is Verdict.VERIFIED
    }
    return Coverage(
        documents=run.documents,
        lines=run.lines,
        tokens=run.tokens,
        documents_cited=len(cited),
        skipped=run.skipped,
    )


def usage(findings: Sequence[Finding], received: int) -> Usage:
    """Tokens and US dollars. ``received`` are the bytes that reached coordinators, see `received`."""
    by_engine = {name: _engine_usage(name, findings) for name in sorted({each.engine for each in findings})}
    total_in = sum(each.input_tokens for each in by_engine.values())
    total_out = sum(each.output_tokens for each in by_engine.values())
    return Usage(
        input_tokens=total_in,
        output_tokens=total_out,
        cost_usd=sum(each.cost_usd for each in by_engine.values()),
        coordinator_tokens=ceil(received / CHARS_PER_TOKEN),
        worker_tokens=total_in + total_out,
        by_engine=by_engine,
    )


def received(run: Run, progress: Progress, syntheses: Sequence[Synthesis]) -> int:
    """Bytes that coordinators received of a run: what they counted at their boundary.

    While there was none, the bytes of what whoever reads the report is told in its place: where the run
    stands, and each pass's conclusion.
    """
    told = [conclusion(each, last=each.pass_number == len(run.plan.passes)) for each in syntheses]
    texts = (each.model_dump_json(exclude_defaults=True) for each in (progress, *told))
    return progress.coordinator_bytes or sum(len(text.encode()) for text in texts)


def timings(
    run: Run, progress: Progress, passes: Sequence[PassProgress], findings: Sequence[Finding]
) -> Timings:
    """Seconds queued, running (until the last finding, while the run has not ended), and for each pass."""
    if progress.started_at is None:
        return Timings()
    last_seen = max((finding.reported_at for finding in findings), default=progress.started_at)
    ended = progress.ended_at or last_seen
    return Timings(
        queued_s=_seconds(run.queued_at, progress.started_at),
        running_s=_seconds(progress.started_at, ended),
        passes_s=tuple(round(each.seconds, 3) for each in passes if each.seconds is not None),
    )


def executions(run: Run, progress: Progress) -> Executions:
    """How often briefs were executed."""
    return Executions(
        briefs=run.plan.workers,
        executed=progress.executed,
        reused=progress.reused,
        redelivered=progress.redelivered,
        late=progress.late,
        hedged=progress.hedged,
        discarded=progress.discarded,
    )


def _engine_usage(name: str, findings: Sequence[Finding]) -> EngineUsage:
    mine = [finding for finding in findings if finding.engine == name]
    return EngineUsage(
        briefs=len(mine),
        input_tokens=sum(finding.input_tokens for finding in mine),
        output_tokens=sum(finding.output_tokens for finding in mine),
        cost_usd=sum(finding.cost_usd for finding in mine),
    )


def _seconds(start: float, end: float) -> float:
    return round(max(0.0, end - start), 3)
