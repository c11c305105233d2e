from pathlib import Path

import pytest

from swarm_app.client.given import limits_of, names_of, page_of, paths_of, words_of
from swarm_app.errors import UsageError


@pytest.mark.parametrize("given", ["", " ", [""], ["docs", ""]])
def test_an_empty_path_is_not_the_current_folder(given: str | list[str]) -> None:
    with pytest.raises(UsageError, match=r"A path is empty.*\. is the current one"):
        paths_of(given)


def test_what_is_no_path_is_refused() -> None:
    with pytest.raises(UsageError, match="not 5"):
        paths_of([5])  # type: ignore[list-item]


def test_one_path_is_as_good_as_a_list_of_one() -> None:
    assert paths_of("docs") == paths_of(Path("docs")) == paths_of(["docs"]) == [Path("docs")]


def test_one_name_is_as_good_as_a_list_of_one() -> None:
    assert names_of("history") == names_of(["history", "history"]) == ["history"]


def test_what_is_not_text_is_refused_by_its_name() -> None:
    words_of(engine="extractive")
    with pytest.raises(UsageError, match="engine is text, not 5"):
        words_of(plan="quick", engine=5)  # type: ignore[arg-type]


@pytest.mark.parametrize("limit", [-1, 0, float("nan"), float("inf"), True, "1"])
def test_a_limit_is_a_number_above_0(limit: float) -> None:
    limits_of(deadline=0.5, max_briefs=None)
    with pytest.raises(UsageError, match="deadline is a number above 0"):
        limits_of(deadline=limit)


def test_a_limit_of_things_that_are_counted_is_whole() -> None:
    limits_of(max_briefs=1)
    with pytest.raises(UsageError, match=r"max_briefs is a whole number above 0, not 1\.5"):
        limits_of(max_briefs=1.5)


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (1, -1), (50, 10**20)])
def test_a_page_that_no_list_has_is_refused(limit: int, offset: int) -> None:
    with pytest.raises(UsageError, match="A page has"):
        page_of(limit, offset)
