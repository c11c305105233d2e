import pytest

from swarm_app.client.question import MOST_CHARACTERS, question_of
from swarm_app.errors import UsageError


def test_a_question_is_put_on_one_line() -> None:
    assert question_of(" Why\n\tnot? ") == "Why not?"


def test_a_long_question_is_one_and_a_document_is_not() -> None:
    assert question_of("?" * MOST_CHARACTERS) == "?" * MOST_CHARACTERS
    with pytest.raises(UsageError, match=r"20,001 characters.*into a document"):
        question_of("?" * (MOST_CHARACTERS + 1))


def test_what_is_not_even_text_is_refused() -> None:
    with pytest.raises(UsageError, match="question is text, not None"):
        question_of(None)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", " \n\t", "\x00", "who \udcff"])
def test_what_is_no_question_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        question_of(text)
