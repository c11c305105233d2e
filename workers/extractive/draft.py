"""Drafts: what the extractive engine hands in."""

from collections.abc import Iterable, Sequence

from swarm_app import words
from swarm_app.contracts.documents import Citation, Excerpt
from swarm_app.contracts.research import Brief, Claim, Draft, Kind
from swarm_app.documents.text import CHARS_PER_TOKEN
from workers.extractive.markup import read_as, words_of

_SUMMARY_QUOTE = 220


def finish(draft: Draft, brief: Brief, excerpts: Iterable[Excerpt]) -> Draft:
    """The draft with an estimate of what was read and written."""
    read = len(brief.model_dump_json()) + sum(len(excerpt.text) for excerpt in excerpts)
    written = len(draft.model_dump_json())
    tokens = {"input_tokens": read // CHARS_PER_TOKEN, "output_tokens": written // CHARS_PER_TOKEN}
    return draft.model_copy(update=tokens)


def gap(brief: Brief, reason: str, nearest: Citation | None) -> Draft:
    """Nothing worth a claim was found, which is a finding too; it cites what came nearest."""
    near = f" The nearest: {quoted(nearest)}." if nearest else ""
    return Draft(
        kind=Kind.GAP,
        summary=f"Nothing found on “{words.shorten(brief.angle, 120)}”: {reason}.{near}",
        confidence=0.0,
        citations=(nearest,) if nearest else (),
        open_questions=brief.open_questions[:1],
        supports=tuple(finding for claim in brief.claims for finding in claim.findings),
    )


def quoted(citation: Citation) -> str:
    """One citation as a sentence: ``redis.py lines 120–131 say: “…”``."""
    name = citation.path.rpartition("/")[2]
    several = citation.end > citation.start
    lines = f"lines {citation.start}–{citation.end} say" if several else f"line {citation.start} says"
    said = words.unsigned(read_as(citation.path, words_of(citation.path, citation.quote)))
    return f"{name} {lines}: “{words.shorten(said, _SUMMARY_QUOTE)}”"


def summarise(claims: Sequence[Claim]) -> str:
    """The first two claims' evidence, as sentences."""
    return " ".join(f"{quoted(claim.citations[0])}." for claim in claims[:2])


def cited(claims: Iterable[Claim]) -> tuple[Citation, ...]:
    """All citations of the claims, each once."""
    return words.distinct(citation for claim in claims for citation in claim.citations)
