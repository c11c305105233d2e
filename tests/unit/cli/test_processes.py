import sys

import pytest

from swarm_app.cli.processes import flower_command, worker_command

CELERY = [sys.executable, "-m", "celery", "-A", "swarm_app"]


def test_a_worker_takes_the_queues_of_briefs() -> None:
    assert worker_command([]) == [*CELERY, "worker", "-Q", "research,assist", "-l", "INFO"]


@pytest.mark.parametrize("option", [["-Q", "mine"], ["-Qmine"], ["--queues", "mine"], ["--queues=mine"]])
def test_queues_that_are_named_replace_the_usual_ones(option: list[str]) -> None:
    assert worker_command(option) == [*CELERY, "worker", "-l", "INFO", *option]


def test_every_other_option_is_passed_on_as_it_stands() -> None:
    assert worker_command(["-c", "4", "-n", "more@%h"])[-4:] == ["-c", "4", "-n", "more@%h"]


def test_flower_listens_on_this_machine_only() -> None:
    assert flower_command(["--port=5566"]) == [*CELERY, "flower", "--address=127.0.0.1", "--port=5566"]


def test_flower_listens_where_it_is_told_to() -> None:
    assert flower_command(["--address=0.0.0.0"]) == [*CELERY, "flower", "--address=0.0.0.0"]
