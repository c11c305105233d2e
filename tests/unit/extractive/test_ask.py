import pytest

from swarm_app import words


@pytest.mark.parametrize(
    ("question", "subjects"),
    [
        ("What happens when a lamp fails?", ("lamp", "fail")),
        ("How long is the pier?", ("pier",)),
        ("Which specific measures did the warden mention?", ("measur", "warden")),
        ("What did they discuss?", ("discuss",)),
    ],
)
def test_what_only_frames_a_question_is_no_subject_of_it(question: str, subjects: tuple[str, ...]):
    assert words.subjects(question) == subjects
