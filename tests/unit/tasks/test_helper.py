import pytest

from swarm_app.helper import leaving as variables
from swarm_app.helper import options
from swarm_app.settings import load
from tasks.helper import leaving


@pytest.mark.parametrize(
    ("limits", "tasks", "seconds", "idle", "reason"),
    [
        ({"helper_max_tasks": 3}, 2, 900.0, 900.0, ""),
        ({"helper_max_tasks": 3}, 3, 1.0, 0.0, "it has had 3 tasks"),
        ({"helper_max_seconds": 60}, 99, 59.0, 59.0, ""),
        ({"helper_max_seconds": 60}, 0, 60.0, 0.0, "it has helped for 60 s"),
        ({"helper_idle_seconds": 30}, 99, 900.0, 29.0, ""),
        ({"helper_idle_seconds": 30}, 0, 30.0, 30.0, "it was idle for 30 s"),
    ],
)
def test_a_helper_leaves_at_its_first_limit(
    limits: dict[str, float], tasks: int, seconds: float, idle: float, reason: str
) -> None:
    assert leaving(load(**limits), tasks, seconds, idle) == reason


def test_a_helper_is_plain_celery_with_settings_in_its_environment() -> None:
    assert options()[:4] == ("-Q", "assist", "-c", "1")
    assert variables({"max_tasks": 5, "max_seconds": None, "idle_seconds": 0.5}) == {
        "SWARM_HELPER_MAX_TASKS": "5",
        "SWARM_HELPER_IDLE_SECONDS": "0.5",
    }
