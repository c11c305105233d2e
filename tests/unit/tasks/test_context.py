from swarm_app.contracts.documents import Excerpt
from tasks.context import best


def excerpt(text: str, score: float) -> Excerpt:
    return Excerpt(
        path="a.txt",
        sha256="ab" * 32,
        start=1,
        end=1,
        start_char=0,
        end_char=len(text),
        text=text,
        score=score,
    )


def test_the_excerpts_of_all_shards_are_ranked_together() -> None:
    answers = [
        [excerpt("second", 2.0), excerpt("fourth", 0.5)],
        [excerpt("first", 3.0), excerpt("third", 1.0)],
    ]
    assert [found.text for found in best(answers, 100)] == ["first", "second", "third", "fourth"]


def test_together_they_hold_at_most_four_characters_a_token() -> None:
    answers = [[excerpt("x" * 20, 2.0)], [excerpt("y" * 20, 1.0)]]
    assert [found.score for found in best(answers, 10)] == [2.0, 1.0]
    assert [found.score for found in best(answers, 9)] == [2.0]


def test_one_that_is_too_long_leaves_its_place_to_the_next() -> None:
    answers = [[excerpt("x" * 50, 2.0), excerpt("y" * 8, 1.0)]]
    assert [found.score for found in best(answers, 10)] == [1.0]


def test_no_answers_are_no_excerpts() -> None:
    assert best([[], []], 100) == []
