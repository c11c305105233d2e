"""The last check of every citation before a person reads it."""

from bisect import bisect_right
from collections.abc import Iterable

from swarm_app import evidence
from swarm_app.contracts.documents import Citation, EvidenceCount, Verdict
from swarm_app.contracts.insights import Insight
from swarm_app.contracts.research import Claim, Contradiction, Finding
from swarm_app.report.source import DocumentReader


class Recheck:
    """Checks each distinct citation once, drops what fails, and counts."""

    def __init__(self, documents: DocumentReader) -> None:
        self._documents = documents
        self._checked: dict[tuple[str, str, int, int, str], Citation] = {}

    def citation(self, citation: Citation) -> Citation:
        """The citation with today's verdict, and its page where the document has pages."""
        key = (citation.sha256, citation.path, citation.start, citation.end, citation.quote)
        if key not in self._checked:
            self._checked[key] = self._paged(evidence.check(citation, self._documents))
        return self._checked[key]

    def citations(self, citations: Iterable[Citation]) -> tuple[Citation, ...]:
        """The citations that are verified or unchecked."""
        return tuple(checked for each in citations if _kept(checked := self.citation(each)))

    def verified(self, citations: Iterable[Citation]) -> tuple[Citation, ...]:
        """The citations that are verified."""
        return tuple(each for each in self.citations(citations) if each.verdict is Verdict.VERIFIED)

    def claims(self, claims: Iterable[Claim]) -> tuple[Claim, ...]:
        """The claims that keep a verified citation, with those alone."""
        return tuple(
            claim.model_copy(update={"citations": kept})
            for claim in claims
            if (kept := self.verified(claim.citations))
        )

    def sentences(self, sentences: Iterable[Claim]) -> tuple[Claim, ...]:
        """The sentences of a model's answer with their verified citations; without any, an inference."""
        return tuple(evidence.with_citations(each, self.verified(each.citations)) for each in sentences)

    def contradictions(self, contradictions: Iterable[Contradiction]) -> tuple[Contradiction, ...]:
        """The contradictions whose two sides are both verified."""
        return tuple(
            each.model_copy(update={"left": sides[0], "right": sides[1]})
            for each in contradictions
            if len(sides := self.verified((each.left, each.right))) == 2
        )

    def finding(self, finding: Finding) -> Finding:
        """The finding with what holds of it."""
        return finding.model_copy(
            update={
                "citations": self.citations(finding.citations),
                "claims": self.claims(finding.claims),
                "answer": self.sentences(finding.answer),
                "contradictions": self.contradictions(finding.contradictions),
                "insights": self.insights(finding.insights),
            }
        )

    def insights(self, insights: Iterable[Insight]) -> tuple[Insight, ...]:
        """The insights that keep a verified citation, with those alone."""
        return tuple(
            insight.model_copy(update={"citations": kept})
            for insight in insights
            if (kept := self.verified(insight.citations))
        )

    def count(self, reported: EvidenceCount) -> EvidenceCount:
        """What became of all citations: those dropped when they were `reported`, and those seen here."""
        verdicts = [citation.verdict for citation in self._checked.values()]
        verified, unchecked = verdicts.count(Verdict.VERIFIED), verdicts.count(Verdict.UNCHECKED)
        return EvidenceCount(
            checked=reported.dropped + len(verdicts),
            verified=verified,
            dropped=reported.dropped + len(verdicts) - verified - unchecked,
            unchecked=unchecked,
        )

    def _paged(self, citation: Citation) -> Citation:
        document = self._documents.get(citation.sha256)
        if document is None or not document.pages:
            return citation
        return citation.model_copy(update={"page": max(1, bisect_right(document.pages, citation.start))})


def _kept(citation: Citation) -> bool:
    return citation.verdict in {Verdict.VERIFIED, Verdict.UNCHECKED}
