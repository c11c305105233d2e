import pytest

from swarm_app.asked import asked


@pytest.mark.parametrize(
    ("question", "several"),
    [
        (
            "Where does the pilot live, and when does the ferry leave?",
            ["Where does the pilot live?", "When does the ferry leave?"],
        ),
        ("What is the fee? Who is the captain?", ["What is the fee?", "Who is the captain?"]),
        ("Which pumps leak; which valves are new?", ["Which pumps leak?", "Which valves are new?"]),
        ("How tall is the tower and when was it built?", ["How tall is the tower?", "When was it built?"]),
        ("Is the pier long, and is the mole safe?", ["Is the pier long?", "Is the mole safe?"]),
    ],
)
def test_a_text_may_ask_several_questions(question: str, several: list[str]):
    assert [each.text for each in asked(question)] == several


@pytest.mark.parametrize(
    "question",
    [
        "How are apples and pears stored?",
        "When the storm came, who closed the sluice and why?",
        "When and where was the ship built?",
        "What changed, and why?",
        "Is the pier long and safe?",
        "",
    ],
)
def test_a_question_that_needs_the_rest_is_no_question_by_itself(question: str):
    assert [each.text for each in asked(question)] == [question]


def test_a_pronoun_stands_for_what_was_named_before():
    assert asked("How tall is the tower and when was it built?")[1].full == "When was it built? tower"
