"""Whether a citation's words stand where it says, and whether excerpts are evidence at all."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol, TypeVar

from swarm_app.contracts.documents import (
    MAX_CITATION_LINES,
    MIN_QUOTE_CHARS,
    Citation,
    EvidenceCount,
    Excerpt,
    Verdict,
)
from swarm_app.contracts.research import Claim, Contradiction, Draft
from swarm_app.errors import UsageError

ENOUGH = 0.1  # of a score; chosen by `benchmarks/silence.py` on one pair of collections, checked on another

_SOURCE = re.compile(r"(?P<path>.+):(?P<start>[0-9]{1,9})(?:-(?P<end>[0-9]{1,9}))?", re.DOTALL)
_UNSEEN = {"Cc", "Cf"}  # Unicode's categories of control and format characters, zero-width ones among them

DraftT = TypeVar("DraftT", bound=Draft)


class LinesReader(Protocol):
    """What holds the lines of document versions."""

    def lines(self, sha256: str, start: int, end: int) -> list[str] | None:
        """Lines ``start``–``end`` with their own endings, cut to what there is; None: no such document."""


def is_enough(excerpts: Iterable[Excerpt]) -> bool:
    """Whether one of the excerpts answers its query, or all merely share a word with it."""
    return any(excerpt.score >= ENOUGH for excerpt in excerpts)


def check(citation: Citation, read: LinesReader) -> Citation:
    """The citation with its verdict, whatever verdict it came with.

    Verified: the quote stands in the lines, white space aside (any run of it equals any other; nothing
    else is normalised). Unchecked: there is no quote, but there are such lines. Invalid: everything
    else, also a quote of under `MIN_QUOTE_CHARS` characters that show, or more than `MAX_CITATION_LINES`
    lines.
    """
    return citation.model_copy(update={"verdict": _verdict(citation, read)})


def pin(citation: Citation, versions: Mapping[str, str]) -> Citation:
    """The citation bound to the version of its path that is at hand (path -> sha256).

    One that names another version, or a path that is not there, is bound to none and so is invalid when
    checked.
    """
    version = versions.get(citation.path, "")
    named = citation.sha256 or version
    return citation.model_copy(update={"sha256": version if named == version else ""})


def gate_draft(
    draft: DraftT, read: LinesReader, versions: Mapping[str, str] | None = None
) -> tuple[DraftT, EvidenceCount]:
    """The draft (or finding) without what fails, and the count of its distinct citations.

    What is left is verified or unchecked, distinct, and in its order. A claim that is left without a
    citation goes, and so does a contradiction of which a side fails; a sentence of an answer stays, marked
    as inference. With `versions`, each citation is pinned first, so that its path and its sha256 belong
    together.
    """
    checked = _check_all(cited(draft), read, versions)
    kept = {
        "citations": _kept(draft.citations, checked),
        "claims": _kept_claims(draft.claims, checked),
        "answer": _kept_sentences(draft.answer, checked),
        "contradictions": _kept_contradictions(draft.contradictions, checked),
    }
    return draft.model_copy(update=kept), _count(checked)


def with_citations(sentence: Claim, citations: tuple[Citation, ...]) -> Claim:
    """A sentence of an answer with these citations; without any it is an inference, whatever it came as."""
    return sentence.model_copy(update={"citations": citations, "inference": not citations})


def cited(draft: Draft) -> Iterable[Citation]:
    """Every citation of a draft, its claims' and its contradictions' among them."""
    yield from draft.citations
    for claim in (*draft.claims, *draft.answer):
        yield from claim.citations
    for contradiction in draft.contradictions:
        yield contradiction.left
        yield contradiction.right


def against_file(citation: Citation, file: Path | None) -> Citation:
    """A checked citation beside today's file: stale if the bytes have changed or the file is gone (None).

    An invalid citation stays invalid, since it never stood.
    """
    if citation.verdict is Verdict.INVALID or _sha256(file) == citation.sha256:
        return citation
    return citation.model_copy(update={"verdict": Verdict.STALE})


def parse_source(source: str) -> tuple[str, int, int]:
    """``FILE.md:87-92`` or ``FILE.md:12`` as path, first and last line; raises `UsageError` for the rest."""
    match = _SOURCE.fullmatch(source.strip())
    start, end = (int(match["start"]), int(match["end"] or match["start"])) if match else (0, 0)
    if match is None or not 1 <= start <= end:
        raise UsageError(
            f"{source!r} names no lines. Write a source as PATH:FIRST-LAST or PATH:LINE, from line 1."
        )
    return match["path"], start, end


def _verdict(citation: Citation, read: LinesReader) -> Verdict:
    span = citation.end - citation.start + 1
    if citation.start < 1 or not 1 <= span <= MAX_CITATION_LINES:
        return Verdict.INVALID
    lines = read.lines(citation.sha256, citation.start, citation.end)
    if lines is None or len(lines) != span:
        return Verdict.INVALID
    if not citation.quote:
        return Verdict.UNCHECKED
    return Verdict.VERIFIED if _stands(citation.quote, "".join(lines)) else Verdict.INVALID


def _stands(quote: str, text: str) -> bool:
    quote = _collapsed(quote)
    shown = sum(unicodedata.category(character) not in _UNSEEN for character in quote)
    return shown >= MIN_QUOTE_CHARS and quote in _collapsed(text)


def _collapsed(text: str) -> str:
    return " ".join(text.split())


def _sha256(file: Path | None) -> str | None:
    """The digest of a regular file's bytes; None where there is none to read."""
    if file is None or not file.is_file():
        return None
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


_Checked = Mapping[Citation, Citation]  # a citation as it came -> as it was checked


def _check_all(
    citations: Iterable[Citation], read: LinesReader, versions: Mapping[str, str] | None
) -> _Checked:
    return {
        citation: check(citation if versions is None else pin(citation, versions), read)
        for citation in dict.fromkeys(citations)
    }


def _count(checked: _Checked) -> EvidenceCount:
    verdicts = [citation.verdict for citation in set(checked.values())]
    return EvidenceCount(
        checked=len(verdicts),
        verified=verdicts.count(Verdict.VERIFIED),
        dropped=verdicts.count(Verdict.INVALID),
        unchecked=verdicts.count(Verdict.UNCHECKED),
    )


def _kept(citations: Iterable[Citation], checked: _Checked) -> tuple[Citation, ...]:
    results = dict.fromkeys(checked[citation] for citation in citations)
    return tuple(citation for citation in results if citation.verdict is not Verdict.INVALID)


def _kept_claims(claims: Iterable[Claim], checked: _Checked) -> tuple[Claim, ...]:
    gated = (claim.model_copy(update={"citations": _kept(claim.citations, checked)}) for claim in claims)
    return tuple(claim for claim in gated if claim.citations)


def _kept_sentences(sentences: Iterable[Claim], checked: _Checked) -> tuple[Claim, ...]:
    return tuple(with_citations(each, _kept(each.citations, checked)) for each in sentences)


def _kept_contradictions(
    contradictions: Iterable[Contradiction], checked: _Checked
) -> tuple[Contradiction, ...]:
    return tuple(
        contradiction.model_copy(update={"left": sides[0], "right": sides[1]})
        for contradiction in contradictions
        if len(sides := _kept((contradiction.left, contradiction.right), checked)) == 2
    )
