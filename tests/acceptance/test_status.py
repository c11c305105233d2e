"""`swarm status`: what is alive, and the context indicator."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.installation import Installation, installed
from tests.acceptance.library import write
from tests.acceptance.stack_helpers import wait_until

QUESTION = "How does the nightly purge make sure that two purges never run at once?"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed() as made:
        assert made.swarm("up").returncode == 0
        folder = write(tmp_path_factory.mktemp("library") / "archive")
        made.json("research", QUESTION, folder, "--plan", "quick")
        yield made


def test_it_counts_shards_workers_queues_findings_tokens_and_runs(installation: Installation) -> None:
    look = installation.json("status")
    (shard,) = look["shards"]
    assert (shard["documents"], shard["nodes"]) == (4, 1)
    assert look["workers"] == {"processes": 2, "slots": 32, "busy": 0, "idle": 32}
    assert set(look["queues"].values()) == {0}
    assert look["findings"]["count"] == 6
    assert look["findings"]["tokens"] > 100
    assert look["usage"]["by_engine"]["extractive"]["findings"] == 6
    wait_until(lambda: installation.json("status")["cache"]["misses"] > 0, "the shard has told of its cache")
    (run,) = look["runs"]
    assert (run["state"], run["pass"], run["passes"], run["reported"]) == ("done", 2, 2, 2)


def test_the_indicator_is_drawn_again_until_it_is_interrupted(installation: Installation) -> None:
    with subprocess.Popen(
        [Path(sys.executable).parent / "swarm", "status", "--watch"],
        env=installation.environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as watching:
        assert watching.stdout is not None
        drawn = 0
        for line in watching.stdout:
            drawn += line.startswith("findings  6, ")
            if drawn == 2:
                watching.send_signal(signal.SIGINT)
                break
        watching.stdout.read()
    assert (drawn, watching.returncode) == (2, 130)


def test_up_starts_the_shards_that_were_named_and_leaves_those_of_paths_asleep(tmp_path: Path) -> None:
    folder = write(tmp_path / "archive")
    with installed() as made:
        made.json("ask", QUESTION, folder)
        assert made.swarm("shard", "load", "named", folder).returncode == 0
        assert made.swarm("down").returncode == 0
        said = made.swarm("up").stderr
        assert "up: 1 shard, 2 worker processes" in said
        assert "1 shard made of paths: started when asked" in said
        assert made.json("ask", QUESTION, folder)["excerpts"]
