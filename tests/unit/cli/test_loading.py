import pytest

from swarm_app.cli.loading import Loading, estimate, line
from swarm_app.contracts.step import Step


def test_the_time_left_follows_the_pace_so_far() -> None:
    assert estimate(10.0, 25, 100) == "about 30 s left"


def test_before_the_first_file_the_time_left_is_unknown() -> None:
    assert estimate(10.0, 0, 100) == "time left unknown"


def test_what_is_all_but_done_has_no_estimate() -> None:
    assert estimate(10.0, 100, 100) == "nearly done"


def test_loading_that_is_quick_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with Loading() as loading:
        loading(Step("reading files", 1, 2, "a.md"))
        loading(Step("reading files", 2, 2, "b.md"))
    assert capsys.readouterr() == ("", "")


def test_a_step_is_told_with_its_count_and_an_estimate() -> None:
    step = Step("reading files", 1_000, 3_000, "docs/a.md")
    assert line(step, 2.0) == "reading files: 1,000 of 3,000, about 4 s left: docs/a.md"
