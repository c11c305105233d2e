"""A collection answers alike, however many shards it lies in."""

from collections.abc import Sequence

import pytest

from shard.context import ShardContext
from shard.merge import merge
from shard.statistics import Statistics, combined
from swarm_app.contracts.documents import Excerpt
from swarm_app.documents.text import CHARS_PER_TOKEN
from tests.unit.shard_memory.loaded import context_of, part_of

TOPICS = ["harbour", "orchard", "railway", "glacier", "library"]
DOCUMENTS = {
    f"{topic}.txt": "".join(
        f"The {topic} of town {number} was {'painted' if number % 7 else 'closed'} in {1900 + number}.\n"
        for number in range(30 + 20 * place)
    )
    for place, topic in enumerate(TOPICS)
}
QUESTIONS = ["Which harbour was closed?", "When was the library of town 41 closed?", "painted orchard"]


def ask(contexts: Sequence[ShardContext], question: str, tokens: int = 200) -> list[Excerpt]:
    collection = combined(context.statistics([question]) for context in contexts)
    found = [context.pieces([question], tokens=tokens, collection=collection)[0] for context in contexts]
    return merge(found, CHARS_PER_TOKEN * tokens)


@pytest.mark.parametrize("question", QUESTIONS)
def test_shards_of_one_document_each_answer_as_one_shard_of_all(question: str) -> None:
    apart = [context_of({path: text}) for path, text in DOCUMENTS.items()]
    together = context_of(DOCUMENTS).search([question], tokens=200)[0]
    assert [found.text for found in ask(apart, question)] == [found.text for found in together]


def test_scores_of_shards_that_know_the_collection_are_those_of_one_shard() -> None:
    apart = [context_of({path: text}) for path, text in DOCUMENTS.items()]
    together = context_of(DOCUMENTS).search([QUESTIONS[0]], tokens=200)[0]
    scores = [found.score for found in ask(apart, QUESTIONS[0])]
    assert scores == pytest.approx([found.score for found in together], rel=1e-4)


def test_a_document_that_was_split_is_scored_by_what_stands_around_its_parts() -> None:
    text = "The keeper of the lighthouse wrote:\n" * 3 + "I resign in March.\n" + "Roses grew there.\n" * 40
    apart = [ShardContext("first"), ShardContext("second")]
    apart[0].load([part_of("a.txt", text, end=3)])
    apart[1].load([part_of("a.txt", text, start=4)])
    whole = context_of({"a.txt": text})
    question = "When did the lighthouse keeper resign?"
    (best, *_) = whole.search([question], tokens=100)[0]
    assert max(found.score for found in ask(apart, question)) == pytest.approx(best.score, rel=1e-2)


def test_statistics_of_shards_add_up_to_those_of_the_collection() -> None:
    apart = combined(context_of({path: text}).statistics(QUESTIONS) for path, text in DOCUMENTS.items())
    assert apart == context_of(DOCUMENTS).statistics(QUESTIONS)


def test_a_word_that_nobody_has_is_the_rarest() -> None:
    known = Statistics(100, {"common": (90,), "rare": (2,)})
    assert known.rarity("common", 0) < known.rarity("rare", 0) < known.rarity("unheard", 0)
