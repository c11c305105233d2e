import pytest

from swarm_app.store.briefs import Standing
from tasks.stragglers import stragglers
from tests.unit.tasks.standings import NOW, claimed, reported, waiting


def test_a_brief_past_twice_the_median_of_its_pass_is_a_straggler() -> None:
    slow = claimed(seconds=10.1)
    assert stragglers([reported(4.0), reported(5.0), reported(90.0), slow], NOW) == [slow]


def test_a_brief_within_twice_the_median_is_none() -> None:
    assert stragglers([reported(5.0), claimed(seconds=10.0)], NOW) == []


def test_with_less_than_half_reported_nobody_is_slow_yet() -> None:
    assert stragglers([reported(1.0), claimed(seconds=100.0), claimed(seconds=100.0)], NOW) == []


def test_a_pass_of_milliseconds_has_no_stragglers_for_some_seconds() -> None:
    assert stragglers([reported(0.01), claimed(seconds=1.9)], NOW) == []


@pytest.mark.parametrize("hedge", ["wanted", "2"])
def test_a_straggler_is_chosen_once(hedge: str) -> None:
    assert stragglers([reported(1.0), claimed(seconds=100.0, hedge=hedge)], NOW) == []


@pytest.mark.parametrize("standing", [waiting(sends=1), claimed(seconds=100.0, lease=0.0)])
def test_a_brief_that_nobody_is_at_is_lost_rather_than_slow(standing: Standing) -> None:
    assert stragglers([reported(1.0), standing], NOW) == []


def test_a_pass_without_briefs_has_no_stragglers() -> None:
    assert stragglers([], NOW) == []
