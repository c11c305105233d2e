import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from shard.answers import Answers


def test_an_answer_is_kept_for_its_key() -> None:
    answers, searches = Answers(), []
    for _ in range(3):
        assert answers.get("key", lambda: searches.append(1) or "answer") == "answer"
    assert len(searches) == 1
    assert (answers.hits, answers.misses) == (2, 1)


def test_a_new_version_is_another_key() -> None:
    answers = Answers()
    assert answers.get(("shard", 1), lambda: "old") == "old"
    assert answers.get(("shard", 2), lambda: "new") == "new"


def test_forty_who_ask_at_once_cost_one_search() -> None:
    answers, searches, all_asked = Answers(), [], threading.Barrier(41)

    def slow() -> str:
        searches.append(1)
        waiting.wait(10)
        return "answer"

    def ask() -> str:
        all_asked.wait(10)
        return answers.get("key", slow)

    waiting = threading.Event()
    with ThreadPoolExecutor(40) as pool:
        asked = [pool.submit(ask) for _ in range(40)]
        all_asked.wait(10)
        waiting.set()
        assert {future.result(10) for future in asked} == {"answer"}
    assert len(searches) == 1


def test_a_search_that_fails_is_not_kept() -> None:
    answers = Answers()

    def failing() -> str:
        raise LookupError("gone")

    with pytest.raises(LookupError):
        answers.get("key", failing)
    assert answers.get("key", lambda: "answer") == "answer"


def test_what_is_kept_is_bounded_by_its_size() -> None:
    answers = Answers(most_bytes=10)
    answers.get("first", lambda: "x" * 6)
    answers.get("second", lambda: "y" * 6)
    assert answers.get("first", lambda: "again") == "again"


def test_an_answer_larger_than_the_cache_is_given_and_not_kept() -> None:
    answers = Answers(most_bytes=10)
    assert answers.get("key", lambda: "x" * 11) == "x" * 11
    assert answers.get("key", lambda: "short") == "short"


def test_an_answer_is_forgotten_when_it_is_too_old() -> None:
    answers = Answers(most_seconds=0.0)
    assert answers.get("key", lambda: "old") == "old"
    assert answers.get("key", lambda: "again") == "again"
    assert (answers.hits, answers.misses) == (0, 2)
