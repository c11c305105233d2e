"""Sentences of a model's answer, and whether what they cite bears on them."""

import re
from collections.abc import Sequence
from itertools import pairwise

from swarm_app import sense, words
from swarm_app.contracts.documents import Citation
from swarm_app.contracts.research import Claim

_BREAK = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+|(?<=[。！？])|\n+")
_MARKS = re.compile(r"\s*\[\d+(?:\s*[,;–-]\s*\d+)*\]")  # a model's own: we make the marks
ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|etc|vs|cf|Dr|Mr|Mrs|Ms|Prof|St|No|Fig|approx|[A-Z])\.$")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_SHARED = 2  # words that a sentence has in common with what it cites, or all that it has


def sentences(text: str) -> list[str]:
    """The sentences of a text, without white space and marks of sources; lines and full stops end them."""
    found: list[str] = []
    for piece in _pieces(_MARKS.sub("", text)):
        if found and ABBREVIATED.search(found[-1]):
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return found


def bears(statement: str, citations: Sequence[Citation]) -> bool:
    """Whether a sentence can rest on these quotes: words in common, all its figures, no denial.

    That is little, and cannot be argued with: a sentence that fails says something else than they do.
    """
    quoted = " ".join(citation.quote for citation in citations)
    figures = set(_FIGURE.findall(statement))
    said, held = set(words.terms(statement)), set(words.terms(quoted))
    shares = len(said & held) >= max(1, min(_SHARED, len(said)))
    denied = any(sense.denies(statement, citation.quote) for citation in citations)
    return figures <= set(_FIGURE.findall(quoted)) and shares and not denied


def judged(claim: Claim) -> list[Claim]:
    """The claim's sentences one by one; those on which its citations do not bear are marked as inference."""
    return [_marked(claim, sentence) for sentence in sentences(claim.statement)]


def _marked(claim: Claim, sentence: str) -> Claim:
    citations = claim.citations if bears(sentence, claim.citations) else ()
    return claim.model_copy(
        update={"statement": sentence, "citations": citations, "inference": not citations}
    )


def _pieces(text: str) -> list[str]:
    """The text cut where a sentence may end; what closes a quotation stays with it."""
    cuts = [0, *(match.end() for match in _BREAK.finditer(text)), len(text)]
    pieces = (" ".join(text[start:end].split()) for start, end in pairwise(cuts))
    return [piece for piece in pieces if piece]
