"""What a run cost: tokens, dollars, seconds, executions, and what it covered for that."""

from collections.abc import Mapping, Sequence
from math import ceil
from types import MappingProxyType

from shard.allotment import yields
from swarm_app.contracts.allocation import Withheld
from swarm_app.contracts.budget import Spending
from swarm_app.contracts.discoveries import Discoveries
from swarm_app.contracts.documents import Verdict
from swarm_app.contracts.research import Finding
from swarm_app.contracts.run import (
    Coverage,
    Executions,
    PassProgress,
    Progress,
    Run,
    Share,
    Timings,
    Unused,
    Usage,
)

_OF_WORKERS = {"blocked", "solved", "escalated", "resumed"}  # what became of it is told by the conclusions

BYTES_PER_TOKEN = 4  # an estimate for English and code


def coverage(run: Run, findings: Sequence[Finding], withheld: Sequence[Withheld]) -> Coverage:
    """What the run could read, how many of its documents a verified citation names, and what was not done."""
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
        withheld=tuple(withheld),
        skipped=run.skipped,
    )


def usage(
    run: Run,
    progress: Progress,
    findings: Sequence[Finding],
    writings: Sequence[Finding],
    *,
    received: int,
    found: Discoveries,
    spending: Sequence[Spending] = (),
    unused: Mapping[str, Unused] = MappingProxyType({}),
) -> Usage:
    """Tokens and US dollars, of workers' ``findings`` and of the ``writings``, syntheses of models.

    ``received`` are the bytes that reached coordinators, see `received`; ``found`` what was shared;
    ``unused`` what assists took in vain, by engine.
    """
    made = [*findings, *writings]
    whole, by_workers, by_writers = _share(made), _share(findings), _share(writings)
    spent = {each.engine: each for each in spending}
    names = sorted({*(each.engine for each in made), *spent, *unused})
    vain = sum(each.input_tokens + each.output_tokens for each in unused.values())
    numbers = range(1, len(run.plan.passes) + 1)
    return Usage(
        input_tokens=whole.input_tokens,
        output_tokens=whole.output_tokens,
        cost_usd=whole.cost_usd,
        coordinator_tokens=in_tokens(received),
        worker_tokens=by_workers.input_tokens + by_workers.output_tokens + vain,
        synthesis_tokens=by_writers.input_tokens + by_writers.output_tokens,
        spent_usd=progress.spent_usd,
        spent_tokens=progress.spent_tokens,
        estimate=run.estimate,
        yields=yields(findings),
        discoveries=found,
        by_engine={name: _of_engine(name, made, spent.get(name), unused.get(name)) for name in names},
        by_pass=tuple(_share([each for each in made if each.pass_number == number]) for number in numbers),
    )


def received(progress: Progress, told: int) -> int:
    """Bytes that coordinators received of a run: what they counted at their boundary.

    While there was none, the bytes of what whoever reads the report is told in its place: where the run
    stands, and the conclusions of its passes, which are ``told`` bytes.
    """
    stands = progress.model_dump_json(exclude_defaults=True, exclude=_OF_WORKERS)
    return progress.coordinator_bytes or told + len(stands.encode())


def in_tokens(size: int) -> int:
    """About how many tokens so many bytes are; those of a part of one count as one."""
    return ceil(size / BYTES_PER_TOKEN)


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


def executions(progress: Progress, passes: Sequence[PassProgress], writings: Sequence[Finding]) -> Executions:
    """How often briefs were executed, those of the syntheses that models wrote among them."""
    return Executions(
        briefs=sum(each.workers for each in passes) + len(writings),
        executed=progress.executed,
        reused=progress.reused,
        redelivered=progress.redelivered,
        late=progress.late,
        hedged=progress.hedged,
        discarded=progress.discarded,
        blocked=progress.blocked,
        solved=progress.solved,
        escalated=progress.escalated,
        resumed=progress.resumed,
    )


def _of_engine(name: str, made: Sequence[Finding], spent: Spending | None, unused: Unused | None) -> Share:
    share = _share([each for each in made if each.engine == name])
    paid = {"spent_usd": spent.spent_usd, "spent_tokens": spent.spent_tokens} if spent else {}
    return share.model_copy(update={**paid, "unused": unused or Unused()})


def _share(findings: Sequence[Finding]) -> Share:
    receipts = [finding.receipt for finding in findings if finding.receipt]
    return Share(
        briefs=len(findings),
        input_tokens=sum(finding.input_tokens for finding in findings),
        cached_tokens=sum(receipt.cached_tokens for receipt in receipts),
        output_tokens=sum(finding.output_tokens for finding in findings),
        cost_usd=sum(finding.cost_usd for finding in findings),
        unpriced=sum(not receipt.priced for receipt in receipts),
        calls=sum(receipt.calls for receipt in receipts),
        failures=sum(receipt.failures for receipt in receipts),
        shared=sum(receipt.shared for receipt in receipts),
        left_out=sum(receipt.left_out for receipt in receipts),
        claims_left_out=sum(receipt.claims_left_out for receipt in receipts),
        hedges=sum(receipt.hedges for receipt in receipts),
    )


def _seconds(start: float, end: float) -> float:
    return round(max(0.0, end - start), 3)
