"""What a report rests on: coverage, method, and the sources with their lines."""

from collections.abc import Sequence

from swarm_app.contracts import engines
from swarm_app.contracts.allocation import Withheld
from swarm_app.contracts.documents import Citation
from swarm_app.contracts.run import Report, Usage
from swarm_app.plural import counted
from swarm_app.report import escape
from swarm_app.report.notes import Notes

WITHHELD_SHOWN = 20
SKIPPED_SHOWN = 50  # the JSON has them all

_EXTRACTIVE = "The engine is `extractive`: it finds, quotes and connects passages. It does not reason."
_MODELS = "What a language model says is its own; only the lines that it cites are checked."


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
    parts = ["## Coverage", read, *_left_out(report.usage)]
    if covered.withheld:
        parts.append(_withheld(covered.withheld))
    if skipped:
        parts += [f"Skipped: {counted(len(covered.skipped), 'file')}.", "\n".join(skipped)]
    return "\n\n".join(parts)


def _withheld(briefs: Sequence[Withheld]) -> str:
    """What was not looked into, and why."""
    limits = " and ".join(f"`{limit}`" for limit in sorted({each.limit for each in briefs}))
    told = (
        f"Not looked into, since {limits} was not expected to reach for all: "
        f"{counted(len(briefs), 'brief')}. What costs least for a finding went first."
    )
    shown = [f"- pass {each.pass_number}: {escape.text(each.angle)}" for each in briefs[:WITHHELD_SHOWN]]
    if len(briefs) > WITHHELD_SHOWN:
        shown.append(f"- and {len(briefs) - WITHHELD_SHOWN:,} more, listed in the JSON of this report")
    listed = "\n".join(shown)
    return f"{told}\n\n{listed}"


def _left_out(usage: Usage) -> list[str]:
    """What did not fit into models' windows."""
    shares = usage.by_engine.values()
    excerpts, claims = sum(each.left_out for each in shares), sum(each.claims_left_out for each in shares)
    found = f"Found, but left out where a model's window was full: {counted(excerpts, 'excerpt')}."
    known = f"Known, but left out where a model's window was full: {counted(claims, 'claim')} or questions."
    return [*([found] if excerpts else []), *([known] if claims else [])]


def method(report: Report, _: Notes) -> str:
    """What stands behind the words of this report, and what does not."""
    evidence = report.evidence
    checked = (
        f"Citations: {evidence.checked:,} checked, {evidence.verified:,} verified, {evidence.dropped:,} "
        f"dropped, {evidence.unchecked:,} unchecked because they quote nothing. "
        "Verified means that the lines exist and say these words, not that the claim is proven."
    )
    return (
        f"## Method\n\nPlan {escape.code(report.plan)}, run `{report.run_id}`. {_engines(report)} {checked}"
    )


def _engines(report: Report) -> str:
    """Who made the findings; the run's engines where there is none yet."""
    names = sorted(report.usage.by_engine) or engines.names(report.engine)
    if names == ["extractive"]:
        return _EXTRACTIVE
    listed = ", ".join(map(escape.code, names))
    told = f"The engines are {listed}." if len(names) > 1 else f"The engine is {listed}."
    return f"{told} {_MODELS}" if any(map(engines.is_model, names)) else told


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
