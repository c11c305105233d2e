import pytest

from swarm_app.cli.loading import Loading, estimate


def test_the_time_left_follows_the_pace_so_far() -> None:
    assert estimate(10.0, 25, 100) == "about 30 s left"


def test_before_the_first_file_the_time_left_is_unknown() -> None:
    assert estimate(10.0, 0, 100) == "time left unknown"


def test_loading_that_is_quick_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with Loading() as loading:
        loading(1, 2, "a.md")
        loading(2, 2, "b.md")
    assert capsys.readouterr() == ("", "")
