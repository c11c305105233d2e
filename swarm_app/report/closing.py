"""What a report rests on: coverage, cost, method, and the sources with their lines."""

from swarm_app.contracts.documents import Citation
from swarm_app.contracts.run import Report
from swarm_app.plural import counted
from swarm_app.report import escape
from swarm_app.report.notes import Notes

SKIPPED_SHOWN = 50  # the JSON has them all

_METHOD = {
    "extractive": "The engine is `extractive`: it finds, quotes and connects passages. It does not reason.",
}


def coverage(report: Report, _: Notes) -> str:
    """What was read, what was cited, and what was skipped and why."""
    covered = report.coverage
    read = (
        f"Read: {counted(covered.documents, 'document')}, {counted(covered.lines, 'line')}, "
        f"{counted(covered.tokens, 'token')} in {counted(len(report.shards), 'shard')}. "
        f"Cited: {counted(covered.documents_cited, 'document')}."
    )
    shown = covered.skipped[:SKIPPED_SHOWN]
    skipped = [f"- {escape.code(each.path)}: {escape.text(each.reason)}" for each in shown]
    if len(covered.skipped) > SKIPPED_SHOWN:
        skipped.append(
            f"- and {len(covered.skipped) - SKIPPED_SHOWN:,} more, listed in the JSON of this report"
        )
    parts = ["## Coverage", read]
    if skipped:
        parts += [f"Skipped: {counted(len(covered.skipped), 'file')}.", "\n".join(skipped)]
    return "\n\n".join(parts)


def cost(report: Report, _: Notes) -> str:
    """Tokens, dollars, seconds and executions."""
    usage, timings, executions = report.usage, report.timings, report.executions
    lines = [
        f"- Workers read {usage.input_tokens:,} tokens and wrote {usage.output_tokens:,}; "
        f"{usage.coordinator_tokens:,} reached the coordinator.",
        f"- Cost: ${usage.cost_usd:.2f}.",
        f"- Time: {timings.running_s:.1f} s, after {timings.queued_s:.1f} s in the queue.",
        f"- Briefs: {executions.briefs:,} planned, {executions.executed:,} executed, "
        f"{executions.reused:,} reused, {executions.redelivered:,} delivered again.",
    ]
    return "\n".join(["## Cost", "", *lines])


def method(report: Report, _: Notes) -> str:
    """What stands behind the words of this report, and what does not."""
    evidence = report.evidence
    engine = _METHOD.get(report.engine, f"The engine is {escape.code(report.engine)}.")
    checked = (
        f"Citations: {evidence.checked:,} checked, {evidence.verified:,} verified, {evidence.dropped:,} "
        f"dropped, {evidence.unchecked:,} unchecked because they quote nothing. "
        "Verified means that the lines exist and say these words, not that the claim is proven."
    )
    return f"## Method\n\nPlan {escape.code(report.plan)}, run `{report.run_id}`. {engine} {checked}"


def sources(report: Report, notes: Notes) -> str:
    """The numbered citations with the lines they name."""
    if not report.citations:
        return ""
    return "\n\n".join(["## Sources", *(_source(number, each, words) for number, each, words in notes)])


def _source(number: int, citation: Citation, words: str) -> str:
    page = f", page {citation.page}" if citation.page else ""
    head = f"{number}. {escape.code(citation.source)}{page}"
    indent = " " * len(f"{number}. ")
    return f"{head}\n\n{escape.block(words, indent)}"
