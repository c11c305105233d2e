import pytest

from swarm_app import words


@pytest.mark.parametrize(
    ("text", "mark"), [('He asked, "Who?"', "?"), ("It is (really *so*.)", "."), ("So", "o"), ("", "")]
)
def test_the_last_mark_of_a_text_stands_before_what_closes_behind_it(text: str, mark: str):
    assert words.last_mark(text) == mark


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Which files mention P-117?", "P-117"),
        ("What do the documents say about silt?", "silt"),
        ("How long is the pier?", "pier"),
    ],
)
def test_how_and_where_it_is_asked_is_no_subject(question: str, named: str):
    assert set(words.subjects(question)) == set(words.terms(named))
