"""What a model is told: its role as instructions, and its brief with the evidence as data."""

from collections.abc import Iterable, Iterator

from swarm_app.contracts.insights import Insight
from swarm_app.contracts.research import Brief, Claim, Contradiction
from swarm_app.plans.roles import told
from workers.models.desk import one_line

_MOST_KNOWN = 40  # spans that others cited
_PEERS = (
    "What peers found, their lines checked. Search further with it, and cite what you find; give the numbers "
    "of those that bear on it as insights:"
)


def instructions(brief: Brief, *, tools: bool = True) -> str:
    """Who the worker is and what its pass is for: ours, and never anything from a document."""
    common, roles = told() if tools else told("reader")
    parts = [common, roles[brief.role]]
    if brief.instructions:
        parts.append(f"This pass, {brief.pass_name}: {' '.join(brief.instructions.split())}")
    return "\n\n".join(parts)


def task(brief: Brief) -> str:
    """The brief in words, without excerpts. What was found before is data too, behind bars."""
    return "\n\n".join("\n".join(part) for part in _parts(brief) if part)


def _parts(brief: Brief) -> Iterator[list[str]]:
    yield [f"The question of the whole research: {one_line(brief.question)}"]
    yield [f"Your brief, {brief.number} of {brief.of}: {one_line(brief.angle)}"]
    if brief.guardian:
        yield [f"You are the guardian {brief.guardian.name}; your duty is {brief.guardian.duty}."]
        yield [", ".join(f"{name} {number}" for name, number in brief.coverage.items())]
    yield _listed("Claims found so far:", map(_claim, brief.claims))
    yield _listed("Contradictions found so far:", map(_contradiction, brief.contradictions))
    yield _listed("Open questions:", brief.open_questions)
    yield _listed(_PEERS, map(_insight, brief.insights))
    known = [f"{span.path}:{span.start}-{span.end}" for span in brief.known[-_MOST_KNOWN:]]
    yield _listed("Lines that others have cited already; look elsewhere first:", known)


def _listed(title: str, items: Iterable[str]) -> list[str]:
    lines = [f"{number}| {one_line(item)}" for number, item in enumerate(items, 1)]
    return [title, *lines] if lines else []


def _claim(claim: Claim) -> str:
    return f"{claim.statement} [{', '.join(citation.source for citation in claim.citations)}]"


def _insight(insight: Insight) -> str:
    sources = ", ".join(citation.source for citation in insight.citations)
    elsewhere = f" (found by {insight.run_id} in {', '.join(insight.shards)}, which you cannot read)"
    return f"{insight.statement} [{sources}]{elsewhere if insight.roots else ''}"


def _contradiction(pair: Contradiction) -> str:
    sides = " against ".join(f"“{side.quote}” [{side.source}]" for side in (pair.left, pair.right))
    return f"{pair.subject} ({pair.difference}): {sides}"
