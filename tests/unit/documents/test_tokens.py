import bpe_openai
import pytest

from swarm_app.documents import tokens


def test_a_text_has_as_many_tokens_as_o200k_says() -> None:
    text = "def on_chord_part_return(self, request, state, result):\n"
    assert tokens.count(text) == len(bpe_openai.get_encoding("o200k_base").encode(text)) == 14


def test_nothing_has_no_tokens() -> None:
    assert tokens.count("") == 0


def test_words_that_are_special_to_a_model_are_counted_as_words() -> None:
    assert tokens.count("<|endoftext|>") > 1


@pytest.mark.parametrize("text", ["word " * 700_000, "x" * 3_500_000, "a line\n" * 500_000])
def test_a_text_of_millions_of_characters_is_counted(text: str) -> None:
    tenth = len(text) // 10
    assert tokens.count(text) == pytest.approx(10 * tokens.count(text[:tenth]), rel=0.001)


def test_lines_are_counted_each_alone() -> None:
    assert tokens.count_lines(["one\n", "", "two words\n"]) == [2, 0, 3]
