"""From what the store remembers of a run to its report."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import add, or_

from shard.council import judgement
from swarm_app.aliases import roots
from swarm_app.contracts.documents import Citation, EvidenceCount
from swarm_app.contracts.engines import EXTRACTIVE
from swarm_app.contracts.insights import Insight
from swarm_app.contracts.research import Claim, Contradiction, Finding, Synthesis
from swarm_app.contracts.run import Progress, Report, Run, Usage
from swarm_app.report import account, insights
from swarm_app.report.additions import additions
from swarm_app.report.markdown import to_markdown
from swarm_app.report.notes import Notes
from swarm_app.report.passage import passage
from swarm_app.report.recheck import Recheck
from swarm_app.report.source import Source


def build(source: Source, run_id: str) -> Report:
    """The report of a run as it stands now: complete if the run is done, else partial and saying so.

    Every citation is checked against the stored lines once more; what fails is dropped and counted.
    Raises `UnknownError` when there is no such run.
    """
    runs, recheck = source.runs, Recheck(source.documents)
    run, progress = runs.get(run_id), runs.progress(run_id)
    passes, syntheses = tuple(source.passes.standings(run_id)), source.passes.syntheses(run_id)
    stored = runs.findings(run_id)
    findings = tuple(map(recheck.finding, stored))
    writings = tuple(map(recheck.finding, source.writings.all(run_id)))
    last = syntheses[-1] if syntheses else None
    answer, agreements, contradictions, questions = _conclusion(last, recheck)
    heard = insights.of_others(run_id, findings)
    report = Report(
        run_id=run.run_id,
        question=run.question,
        state=progress.state,
        stop_reason=progress.stop_reason,
        roots=reduce(or_, (insight.roots for insight in heard), roots(run, stored)),
        plan=run.plan.name,
        engine=run.engine,
        shards=run.shards,
        passes=passes,
        findings=findings,
        syntheses=writings,
        answer=answer,
        answer_engine=last.engine if last else EXTRACTIVE,
        unwritten=last.unwritten if last else "",
        agreements=agreements,
        contradictions=contradictions,
        open_questions=questions,
        insights=heard,
        citations=_shown(answer, agreements, contradictions, heard, findings),
        council=judgement(run.plan, syntheses),
        coverage=account.coverage(run, findings, source.allocations.withheld(run_id, len(run.plan.passes))),
        evidence=recheck.count(reduce(add, (each.evidence for each in stored), EvidenceCount())),
        usage=_usage(source, run, (findings, writings), progress),
        timings=account.timings(run, progress, passes, findings),
        executions=account.executions(progress, passes, writings),
        markdown="",
    )
    notes = Notes({citation: passage(citation, source.documents) for citation in report.citations})
    return report.model_copy(update={"markdown": to_markdown(report, notes)})


def _usage(
    source: Source,
    run: Run,
    made: tuple[Sequence[Finding], Sequence[Finding]],
    progress: Progress,
) -> Usage:
    """What the run took: ``made`` are what workers reported and what models wrote of it."""
    return account.usage(
        run,
        progress,
        *made,
        received=account.received(progress, source.conclusions.sizes([run.run_id])[0]),
        found=source.discoveries.counted(run.run_id),
        spending=source.budgets.spending(run.run_id),
        unused=source.assists.unused(run.run_id),
    )


def _conclusion(
    last: Synthesis | None, recheck: Recheck
) -> tuple[tuple[Claim, ...], tuple[Claim, ...], tuple[Contradiction, ...], tuple[str, ...]]:
    """Answer, agreements, contradictions and open questions as the last synthesis has them."""
    if last is None:
        return (), (), (), ()
    return (
        recheck.sentences(last.written) or recheck.claims(last.answer),
        recheck.claims(last.agreements),
        recheck.contradictions(last.contradictions),
        last.open_questions,
    )


def _shown(
    answer: Iterable[Claim],
    agreements: Iterable[Claim],
    contradictions: Iterable[Contradiction],
    heard: Iterable[Insight],
    findings: Sequence[Finding],
) -> tuple[Citation, ...]:
    """Every verified citation that the Markdown marks, in the order it does, once each."""
    claimed = [citation for claim in (*answer, *agreements) for citation in claim.citations]
    disputed = [side for each in contradictions for side in (each.left, each.right)]
    told = [citation for insight in heard for citation in insight.citations]
    added = [citation for each in additions(findings).values() for citation in each]
    return tuple(dict.fromkeys((*claimed, *disputed, *told, *added)))
