"""What each pass was the first to cite."""

from collections.abc import Iterable, Sequence

from swarm_app.contracts.documents import Citation, Verdict
from swarm_app.contracts.research import Finding

PER_PASS = 2  # shown in the report; the JSON has them all


def additions(findings: Sequence[Finding]) -> dict[int, tuple[Citation, ...]]:
    """Pass number -> its verified citations with a line that no earlier pass cited, the most confident first.

    At most `PER_PASS` of each pass, from different lines.
    """
    known: set[tuple[str, int]] = set()
    added: dict[int, tuple[Citation, ...]] = {}
    for number in sorted({finding.pass_number for finding in findings}):
        citations = list(_verified(finding for finding in findings if finding.pass_number == number))
        added[number] = tuple(_fresh(citations, set(known)))
        known.update(line for citation in citations for line in _lines(citation))
    return added


def _verified(findings: Iterable[Finding]) -> Iterable[Citation]:
    ranked = sorted(findings, key=lambda finding: -finding.confidence)
    return (
        citation
        for finding in ranked
        for citation in finding.citations
        if citation.verdict is Verdict.VERIFIED
    )


def _fresh(citations: Iterable[Citation], known: set[tuple[str, int]]) -> list[Citation]:
    fresh: list[Citation] = []
    for citation in citations:
        lines = _lines(citation)
        if len(fresh) < PER_PASS and not lines & known:
            fresh.append(citation)
            known |= lines
    return fresh


def _lines(citation: Citation) -> set[tuple[str, int]]:
    return {(citation.path, line) for line in range(citation.start, citation.end + 1)}
