import pytest

from swarm_app import words


@pytest.mark.parametrize(
    ("text", "mark"), [('He asked, "Who?"', "?"), ("It is (really *so*.)", "."), ("So", "o"), ("", "")]
)
def test_the_last_mark_of_a_text_stands_before_what_closes_behind_it(text: str, mark: str):
    assert words.last_mark(text) == mark
