import time
from datetime import UTC, datetime

import pytest

from swarm_app.cli.point import point
from swarm_app.errors import UsageError


@pytest.mark.parametrize("typed", ["beginning", "now", "1763930000000-0"])
def test_words_and_events_are_points_as_they_are(typed: str) -> None:
    assert point(f" {typed} ") == typed


def test_a_time_is_in_the_zone_that_it_names() -> None:
    moment = datetime(2026, 11, 23, 21, 5, tzinfo=UTC)
    assert point("2026-11-23T21:05Z") == point(str(int(moment.timestamp()))) == moment.timestamp()


def test_a_time_without_a_zone_is_local() -> None:
    assert point("2026-11-23 21:05") == datetime(2026, 11, 23, 21, 5).timestamp()


def test_a_length_of_time_is_that_long_ago() -> None:
    before = time.time()
    assert before - 600 <= point("10m") <= time.time() - 600  # type: ignore[operator]


@pytest.mark.parametrize("typed", ["", "yesterday", "-1", "12:00"])
def test_anything_else_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(UsageError, match="beginning"):
        point(typed)
