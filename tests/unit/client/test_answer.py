from swarm_app.client.answer import saying, told
from swarm_app.contracts.documents import Excerpt


def excerpt(text: str) -> Excerpt:
    place = {"path": "a.md", "sha256": "1" * 64, "start": 3, "end": 3, "start_char": 0, "end_char": 3}
    return Excerpt.model_validate(place | {"text": text, "score": 1.0})


def test_an_excerpt_without_a_word_is_no_answer() -> None:
    assert saying([excerpt("```"), excerpt("Seals.")]) == [excerpt("Seals.")]


def test_no_excerpt_is_said_to_be_none() -> None:
    assert told([]) == "Nothing was found."
