from pathlib import Path

import pytest

from swarm_app.client.given import names_of, paths_of
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
