"""What a reader sees first: the question, how complete the report is, and the answer."""

from swarm_app.contracts.engines import is_model
from swarm_app.contracts.research import Claim, Kind
from swarm_app.contracts.run import Report, RunState
from swarm_app.plural import counted
from swarm_app.report import escape
from swarm_app.report.notes import Notes

_STANDING = {
    RunState.QUEUED: "**Not begun.** The run is still queued. `swarm watch {run}` follows it.",
    RunState.RUNNING: "**Partial report.** The run is still going on. `swarm watch {run}` follows it.",
    RunState.STOPPED: "**Partial report.** The run stopped{reason}. `swarm resume {run}` continues it.",
    RunState.CANCELLED: "**Partial report.** The run was cancelled{reason}.",
    RunState.FAILED: "**Partial report.** The run failed{reason}. `swarm resume {run}` tries again.",
}
_THIN = 0.25  # confidence of the best claim, below which a reader should be told
INFERENCE = "(inference)"  # the mark of a sentence that is a model's own
_THIN_NOTE = "**The evidence is thin**: these passages came nearest, and may not answer the question."


def title(report: Report, _: Notes) -> str:
    """The question."""
    return f"# {escape.text(report.question)}"


def standing(report: Report, _: Notes) -> str:
    """A note on a run that is not done; nothing on one that is."""
    if report.state is RunState.DONE:
        return ""
    reason = f": {escape.text(report.stop_reason)}".rstrip(".") if report.stop_reason else ""
    note = _STANDING[report.state].format(run=report.run_id, reason=reason)
    finished = sum(each.synthesis is not None for each in report.passes)
    return f"> {note} {finished} of {len(report.passes)} passes are finished."


def dissent(report: Report, _: Notes) -> str:
    """A note on an answer that the council rejected; none where there is no answer."""
    if not report.answer or report.council is None or report.council.outcome != "rejected":
        return ""
    return f"> **The council rejected this answer**: {escape.text(report.council.reason)}."


def answer(report: Report, notes: Notes) -> str:
    """The answer in sentences made of cited evidence, or plainly that there is none."""
    if not report.answer:
        return f"## Answer\n\n{_nothing(report)}"
    thin = [_THIN_NOTE] if max(claim.confidence for claim in report.answer) < _THIN else []
    told = [*_written(report), *thin, *(sentence(claim, notes) for claim in report.answer)]
    return "\n\n".join(["## Answer", *told])


def sentence(claim: Claim, notes: Notes) -> str:
    """A claim and the marks of its sources, or the mark of what a model concluded by itself."""
    mark = INFERENCE if claim.inference else notes.marks(claim.citations)
    return f"{escape.prose(claim.statement)} {mark}".rstrip()


def _written(report: Report) -> list[str]:
    """Who wrote the answer, where a model did or should have."""
    if report.unwritten:
        return [f"*Extracted, since no model wrote it: {escape.text(report.unwritten).rstrip('.')}.*"]
    if not is_model(report.answer_engine):
        return []
    inferred = sum(claim.inference for claim in report.answer)
    what = f"{inferred:,} of {counted(len(report.answer), 'sentence')}"
    note = f" What is marked {INFERENCE} rests on no citation: {what}." if inferred else ""
    return [f"*Written by {escape.code(report.answer_engine)} from the findings alone.{note}*"]


def _nothing(report: Report) -> str:
    if not report.state.ended:
        return "Nothing has been concluded yet."
    failed = [finding for finding in report.findings if finding.kind is Kind.FAILED]
    if failed and len(failed) == len(report.findings):
        return (
            f"**Nothing was found**, because every worker failed ({len(failed):,} of {len(failed):,}). "
            f"The first said: {escape.text(failed[0].summary)}"
        )
    return (
        f"**Nothing was found** in {counted(report.coverage.documents, 'document')} that answers this "
        "question. Try other words for it, or give other documents."
    )
