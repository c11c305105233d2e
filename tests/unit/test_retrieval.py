import pytest

from benchmarks.retrieval import Question, Score, Variant, ask, hold, mean, score, variants
from swarm_app.contracts.documents import Excerpt
from swarm_app.documents.read import parse
from swarm_app.documents.text import Text


def excerpt(start: int, end: int, path: str = "a.txt") -> Excerpt:
    span = {"start": 1, "end": 1, "start_char": start, "end_char": end}
    return Excerpt(path=path, sha256="f" * 64, text="x" * (end - start), **span)


ASKED = Question("What?", "a.txt", [(10, 20), (40, 50)])


def test_recall_is_the_share_of_gold_and_precision_the_share_of_what_came() -> None:
    assert score(ASKED, [excerpt(0, 15), excerpt(60, 85)]) == Score(0.25, 0.125, 1.0)


def test_the_right_characters_of_the_wrong_document_are_no_hit() -> None:
    assert score(ASKED, [excerpt(10, 20, "b.txt")]) == Score(0.0, 0.0, 0.0)


def test_nothing_found_scores_nothing() -> None:
    assert score(ASKED, []) == Score(0.0, 0.0, 0.0)


def test_means_are_taken_share_by_share() -> None:
    assert mean([Score(1.0, 0.5, 1.0), Score(0.0, 0.0, 0.0)]) == Score(0.5, 0.25, 0.5)


TEXTS: list[Text] = [
    parse(
        f"{topic}.txt",
        f"The {topic} was closed in 1911. {'It was quiet there. ' * 20}".encode(),
        max_chars=9999,
    )
    for topic in ("harbour", "orchard", "railway")
]


@pytest.mark.parametrize("variant", list(variants()), ids=lambda variant: variant.name)
def test_every_variant_finds_what_stands_there(variant: Variant) -> None:
    contexts = hold(TEXTS, variant)
    question = Question("When was the orchard closed?", "orchard.txt", [(0, 31)])
    assert score(question, ask(contexts, question.question, tokens=10)).hit
    assert {context.documents for context in contexts} == ({3} if variant.shards == 1 else {1})
