"""Which briefs are given out where a budget does not feed all: where findings have cost least so far."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from statistics import fmean

from swarm_app.contracts.allocation import Yield, Yields
from swarm_app.contracts.documents import Verdict
from swarm_app.contracts.research import Brief, Finding


def yields(findings: Iterable[Finding]) -> Yields:
    """Findings for tokens, by facet of the question and by engine."""
    by_facet: dict[str, list[Finding]] = defaultdict(list)
    by_engine: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_engine[finding.engine].append(finding)
        if finding.facet:
            by_facet[finding.facet].append(finding)
    return Yields(by_facet=_each(by_facet), by_engine=_each(by_engine))


def allotted(briefs: Sequence[Brief], seats: int, so_far: Yields, served: Collection[str]) -> list[Brief]:
    """As many of the briefs as there are seats, in the order in which they deserve one.

    The first of each facet that no brief was given out for yet, so that none is starved; then those whose
    facet, and after that whose engine, has had most findings for its tokens; then those that were planned
    first. What nobody has tried counts as the mean of what was.
    """
    new = [brief for brief in _firsts(briefs) if brief.facet not in served]
    facets, engines = _rate(so_far.by_facet), _rate(so_far.by_engine)
    rest = sorted(
        (brief for brief in briefs if brief not in new),
        key=lambda brief: (-facets(brief.facet), -engines(brief.engine.partition(",")[0]), brief.number),
    )
    return [*new, *rest][:seats]


def _firsts(briefs: Sequence[Brief]) -> list[Brief]:
    """The first brief of each facet."""
    return list({brief.facet: brief for brief in reversed(briefs)}.values())[::-1]


def _rate(known: Mapping[str, Yield]) -> Callable[[str], float]:
    """Findings for tokens by name."""
    tried = {name: each.per_1000 for name, each in known.items() if each.tokens}
    mean = fmean(tried.values()) if tried else 0.0
    return lambda name: tried.get(name, mean)


def _each(grouped: Mapping[str, Sequence[Finding]]) -> dict[str, Yield]:
    return {name: _yield(findings) for name, findings in sorted(grouped.items())}


def _yield(findings: Sequence[Finding]) -> Yield:
    stands = sum(any(each.verdict is Verdict.VERIFIED for each in finding.citations) for finding in findings)
    tokens = sum(map(_tokens, findings))
    return Yield(
        briefs=len(findings),
        findings=stands,
        tokens=tokens,
        per_1000=round(1_000 * stands / tokens, 3) if tokens else 0.0,
    )


def _tokens(finding: Finding) -> int:
    """What it took, shared answers included: they are no merit of its facet."""
    return (
        finding.input_tokens
        + finding.output_tokens
        + (finding.receipt.saved_tokens if finding.receipt else 0)
    )
