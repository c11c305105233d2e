"""What a report rests on: coverage, cost, method, and the sources with their lines."""

from collections.abc import Mapping, Sequence

from swarm_app import words
from swarm_app.contracts import engines
from swarm_app.contracts.allocation import Withheld, Yield
from swarm_app.contracts.discoveries import Discoveries
from swarm_app.contracts.documents import Citation
from swarm_app.contracts.run import Executions, Report, Share, Usage
from swarm_app.plural import counted
from swarm_app.report import escape
from swarm_app.report.notes import Notes

_NAME = 60  # characters of a facet
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


def cost(report: Report, _: Notes) -> str:
    """Tokens, dollars, seconds and executions."""
    usage, timings, executions = report.usage, report.timings, report.executions
    lines = [
        f"- {_readers(usage)}; {usage.coordinator_tokens:,} reached the coordinator.",
        f"- Cost: {_dollars(usage.cost_usd)}.",
        *_models(usage),
        *_discoveries(usage.discoveries),
        *(
            _share(name, share)
            for name, share in usage.by_engine.items()
            if share.calls or share.shared or share.spent_tokens
        ),
        f"- Time: {timings.running_s:.1f} s, after {timings.queued_s:.1f} s in the queue.",
        f"- Briefs: {executions.briefs:,} planned, {executions.executed:,} executed, "
        f"{executions.reused:,} reused, {executions.redelivered:,} delivered again.",
        *_helped(executions),
        *_yields("facet", usage.yields.by_facet),
        *_yields("engine", usage.yields.by_engine),
    ]
    return "\n".join(["## Cost", "", *lines])


def _helped(executions: Executions) -> list[str]:
    """What became of briefs whose worker could not go on."""
    if not executions.blocked:
        return []
    return [
        f"- Blocked: {counted(executions.blocked, 'brief')}, {executions.solved:,} solved by peers, "
        f"{executions.escalated:,} escalated; {executions.resumed:,} executed again with what came of it."
    ]


def _models(usage: Usage) -> list[str]:
    """What models took in all, beside what had been expected."""
    if usage.estimate is None:
        return []
    return [
        f"- Models took {usage.spent_tokens:,} tokens and {_dollars(usage.spent_usd)}, failures included; "
        f"{usage.estimate.tokens:,} tokens and {_dollars(usage.estimate.cost_usd)} had been estimated."
    ]


def _discoveries(found: Discoveries) -> list[str]:
    """What others had found out already, or at the same time."""
    if not found.hits + found.misses:
        return []
    told = [
        f"{ratio.hits:,} of {counted(ratio.hits + ratio.misses, name)}"
        for name, ratio in (("search", found.search), ("excerpt", found.excerpt), ("model call", found.call))
        if ratio.hits + ratio.misses
    ]
    saved = f", which saved {found.saved_tokens:,} tokens and {_dollars(found.saved_usd)}"
    return [f"- Shared by the discovery log: {', '.join(told)}{saved if found.call.hits else ''}."]


def _yields(of: str, found: Mapping[str, Yield]) -> list[str]:
    """What brought in most for its tokens, first; nothing where there is nothing to compare."""
    if len(found) < 2:
        return []
    best = sorted(found.items(), key=lambda each: -each[1].per_1000)
    told = [f"{escape.text(words.shorten(name, _NAME))} {each.per_1000:.2f}" for name, each in best]
    return [f"- Findings for 1,000 tokens, by {of}: {'; '.join(told)}."]


def _readers(usage: Usage) -> str:
    """What was read and written, and by whom."""
    took = f"read {usage.input_tokens:,} tokens and wrote {usage.output_tokens:,}"
    if not usage.synthesis_tokens:
        return f"Workers {took}"
    return f"Workers and syntheses {took}, the syntheses {usage.synthesis_tokens:,} of these"


def _share(name: str, share: Share) -> str:
    """What one engine's models took."""
    unpriced = (
        f" (not counted: {counted(share.unpriced, 'brief')} without a known price)" if share.unpriced else ""
    )
    hedged = f" ({share.hedges:,} made a second time)" if share.hedges else ""
    shared = f", {counted(share.shared, 'answer')} shared by others" if share.shared else ""
    return (
        f"- {escape.code(name)}: {counted(share.briefs, 'brief')}, {counted(share.calls, 'call')}{hedged} "
        f"and {share.failures:,} failed ones{shared}, {share.input_tokens:,} tokens read "
        f"({share.cached_tokens:,} cached), {share.output_tokens:,} written, "
        f"{_dollars(share.cost_usd)}{unpriced}."
    )


def _dollars(cost: float) -> str:
    """Cents, and more digits where there are only a few of them."""
    return f"${cost:.2f}" if cost == 0 or cost >= 1 else f"${cost:.4f}"


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
