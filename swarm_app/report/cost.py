"""What a run took: tokens, dollars, seconds and executions, and what they brought in."""

from collections.abc import Mapping

from swarm_app import words
from swarm_app.contracts.allocation import Yield
from swarm_app.contracts.discoveries import Discoveries
from swarm_app.contracts.run import Executions, Report, Share, Usage
from swarm_app.plural import counted
from swarm_app.report import escape
from swarm_app.report.notes import Notes

_NAME = 60  # characters of a facet


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
        *_unused(usage.by_engine),
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


def _unused(shares: Mapping[str, Share]) -> list[str]:
    """What helpers did whose work was not used."""
    told = [
        f"{escape.code(name)} {counted(each.unused.assists, 'assist')}, "
        f"{each.unused.input_tokens:,} tokens read, {each.unused.output_tokens:,} written, "
        f"{_dollars(each.unused.cost_usd)}"
        for name, each in shares.items()
        if each.unused.assists
    ]
    return [f"- Helped in vain, beside that: {'; '.join(told)}."] if told else []


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
