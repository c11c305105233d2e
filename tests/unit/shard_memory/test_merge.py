from shard.merge import WIDE, merge
from swarm_app.contracts.documents import Excerpt

TEXT = "The first sentence stands here. The second one follows. A third one ends it all."


def piece(start: int, end: int, score: float, path: str = "a.txt", *, leads: bool = False) -> Excerpt:
    text = TEXT[start:end]
    span = {"start": 1, "end": 1, "start_char": start, "end_char": end}
    return Excerpt(path=path, sha256="f" * 64, text=text, score=score, leads=leads, **span)


def test_pieces_that_touch_are_one_excerpt_with_the_best_score() -> None:
    (found,) = merge([[piece(0, 31, 2.0), piece(31, 55, 3.0)]], 1000)
    assert (found.text, found.score) == (TEXT[:55], 3.0)


def test_pieces_that_do_not_touch_stay_apart() -> None:
    assert [found.start_char for found in merge([[piece(0, 31, 2.0), piece(56, 80, 3.0)]], 1000)] == [56, 0]


def test_the_best_of_all_answers_come_first_within_the_budget() -> None:
    answers = [[piece(0, 31, 2.0)], [piece(0, 31, 3.0, "b.txt")], [piece(0, 31, 2.5, "c.txt")]]
    assert [found.path for found in merge(answers, 70)] == ["b.txt", "c.txt"]


def test_once_a_piece_does_not_fit_no_later_one_of_its_document_is_taken() -> None:
    answers = [[piece(0, 31, 3.0), piece(32, 80, 2.5), piece(31, 55, 2.0)], [piece(0, 31, 1.9, "b.txt")]]
    assert [(found.path, found.end_char) for found in merge(answers, 70)] == [("a.txt", 31), ("b.txt", 31)]


def test_what_scores_far_below_the_best_of_any_shard_is_left_out() -> None:
    assert [found.path for found in merge([[piece(0, 31, 1.0)], [piece(0, 31, 9.0, "b.txt")]], 1000)] == [
        "b.txt"
    ]


def test_nothing_makes_nothing() -> None:
    assert merge([[], []], 1000) == []


def test_who_looks_wider_is_given_what_scores_less() -> None:
    answers = [[piece(0, 31, 4.0)], [piece(0, 31, 9.9, "b.txt")]]
    assert [found.path for found in merge(answers, 1000, WIDE)] == ["b.txt", "a.txt"]
    assert [found.path for found in merge(answers, 1000)] == ["b.txt"]


def test_the_best_of_each_place_is_taken_before_more_of_any() -> None:
    answers = [
        [piece(0, 31, 3.0, leads=True), piece(32, 55, 2.9)],
        [piece(0, 31, 2.0, "b.txt", leads=True), piece(32, 55, 2.5, "b.txt")],
    ]
    assert [(found.path, found.end_char) for found in merge(answers, 62)] == [("a.txt", 31), ("b.txt", 31)]


def test_the_best_of_a_place_that_answers_far_less_waits_for_its_turn() -> None:
    answers = [[piece(0, 31, 4.0, leads=True), piece(32, 55, 3.0)], [piece(0, 31, 1.5, "b.txt", leads=True)]]
    assert [found.start_char for found in merge(answers, 62, WIDE)] == [0, 32]
