import pytest

from swarm_app.definitions import defines


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What is a buoy?", "A buoy is a float that marks the channel."),
        ("What are buoys?", "Floats help. **Buoys** are floats that mark the channel."),
        ("What's the harbour dues rate?", "The rate of harbour dues was raised to four crowns."),
        ("What was the Long Mole", "The Long Mole means the older of the two piers."),
    ],
)
def test_a_text_defines_what_it_says_something_to_be(question: str, text: str):
    assert defines(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What is a buoy?", "The rope of a buoy is looked after every year."),
        ("What is a buoy?", "A buoy marks the channel."),
        ("Why is a buoy red?", "A buoy is red."),
        ("What is it?", "It is a float."),
        ("What is lost when the buoy sinks?", "A buoy is a float."),
    ],
)
def test_a_text_that_speaks_of_something_else_does_not(question: str, text: str):
    assert not defines(question, text)
