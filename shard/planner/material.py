"""What a pass is planned from, and what planning it yields."""

from collections.abc import Sequence
from dataclasses import dataclass

from swarm_app import words
from swarm_app.contracts.documents import Part
from swarm_app.contracts.plan import Guardian, PassSpec
from swarm_app.contracts.research import Claim, Contradiction, Span, Synthesis
from swarm_app.contracts.run import Run

ANGLE_CHARS = 160
_MOST_KNOWN = 400  # spans that a brief carries


@dataclass(frozen=True)
class Holding:
    """A part of a document and the shard that holds it."""

    shard: str
    part: Part


@dataclass(frozen=True)
class Sketch:
    """A brief before it is addressed to a worker: what is particular to it."""

    angle: str
    queries: tuple[str, ...]
    scope: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    open_questions: tuple[str, ...] = ()
    guardian: Guardian | None = None


@dataclass(frozen=True)
class Material:
    """Everything that one pass is planned from."""

    run: Run
    number: int
    earlier: tuple[Synthesis, ...]
    holdings: tuple[Holding, ...]

    @property
    def spec(self) -> PassSpec:
        """The pass."""
        return self.run.plan.passes[self.number - 1]

    @property
    def question(self) -> str:
        """The run's question."""
        return self.run.question

    @property
    def latest(self) -> Synthesis | None:
        """What is known so far; None before the first pass."""
        return self.earlier[-1] if self.earlier else None

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Claims so far, the draft answer's first."""
        if self.latest is None:
            return ()
        answer = {claim.statement for claim in self.latest.answer}
        rest = (claim for claim in self.latest.claims if claim.statement not in answer)
        return (*self.latest.answer, *rest)

    @property
    def terms(self) -> tuple[str, ...]:
        """Words learnt so far, strongest first."""
        return self.latest.terms if self.latest else ()

    @property
    def known(self) -> tuple[Span, ...]:
        """Lines cited so far, latest first."""
        sources = [
            Span(path=citation.path, start=citation.start, end=citation.end)
            for synthesis in reversed(self.earlier)
            for claim in (*synthesis.claims, *synthesis.answer)
            for citation in claim.citations
        ]
        return tuple(dict.fromkeys(sources))[:_MOST_KNOWN]


def subject(question: str) -> str:
    """The question's own words that carry its subject, in order."""
    return " ".join(question[start:end] for start, end in words.phrases(question)) or question


def queries(*texts: str) -> tuple[str, ...]:
    """Queries without repeats or empty ones."""
    return words.distinct(" ".join(text.split()) for text in texts if text.strip())


def angled(text: str, material: Material, *more: str) -> Sketch:
    """A sketch that looks for its own angle, then for the angle and the question together."""
    return Sketch(angle=text, queries=queries(text, f"{text} {subject(material.question)}", *more))


def terms_of(claims: Sequence[Claim], but: str, most: int = 6) -> tuple[str, ...]:
    """The words that the claims quote most often, those of ``but`` left out."""
    asked = set(words.terms(but))
    counts: dict[str, int] = {}
    surface: dict[str, str] = {}
    for claim in claims:
        for word in words.words(claim.citations[0].quote if claim.citations else claim.statement):
            if words.is_content(word) and not word[0].isdigit() and words.stem(word) not in asked:
                counts[words.stem(word)] = counts.get(words.stem(word), 0) + 1
                surface.setdefault(words.stem(word), word)
    best = sorted(counts, key=lambda term: -counts[term])
    return tuple(surface[term] for term in best[:most])
