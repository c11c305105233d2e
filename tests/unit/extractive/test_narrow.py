import pytest

from swarm_app.contracts.research import Claim
from tests.unit.extractive.briefs import brief_of
from tests.unit.extractive.memory import MemoryContext
from workers.extractive import ExtractiveEngine
from workers.extractive.narrow import around

QUESTION = "What was the secret cargo of the Marigold?"
SAID = "The secret cargo of the Marigold was 88 barrels of linseed oil."
FILLER = "and the wind of the north goes on over the sea of the south "


def answer(line: str) -> Claim:
    return (
        ExtractiveEngine()
        .investigate(brief_of(QUESTION), MemoryContext({"cargo.txt": f"{line}\n"}))
        .claims[0]
    )


@pytest.mark.parametrize(
    "line",
    [
        f"{FILLER * 40}. {SAID} {FILLER * 40}",
        f"{FILLER * 20}. {SAID} {FILLER * 20}. {FILLER * 20}",
        f"{SAID} {FILLER * 80}",
        f"The {FILLER * 40}! {SAID}",
    ],
)
def test_a_claim_out_of_a_very_long_line_is_the_sentence_that_answers(line: str) -> None:
    claim = answer(line)

    assert claim.statement == SAID
    assert claim.citations[0].quote == SAID


def test_what_no_sentence_ends_is_cut_between_words_around_what_answers() -> None:
    claim = answer(f"{FILLER * 40}{SAID.rstrip('.')} {FILLER * 40}")

    assert SAID.rstrip(".") in claim.statement
    assert len(claim.statement) <= 300
    assert claim.citations[0].quote in f" {FILLER * 40}{SAID.rstrip('.')} {FILLER * 40}"
    assert {*claim.statement.split()} <= {*FILLER.split(), *SAID.rstrip(".").split()}


def test_a_text_that_is_short_enough_stays_as_it_is() -> None:
    assert around("What  answers\nstays.", {"answer": 1.0}, 40) == "What answers stays."


def test_an_ellipsis_stands_where_a_text_was_cut() -> None:
    said = around(f"{FILLER * 10}the cargo was oil {FILLER * 10}", {"cargo": 1.0}, 200)

    assert said.startswith("…")
    assert said.endswith("…")
    assert "the cargo was oil" in said
    assert len(said) <= 200


def test_of_a_text_that_answers_nothing_the_beginning_is_kept() -> None:
    assert around(FILLER * 10, {"cargo": 1.0}, 60).startswith("and the wind of the north")


def test_a_word_longer_than_all_that_may_be_said_is_cut() -> None:
    assert len(around("x" * 900, {"x": 1.0}, 100)) <= 100
