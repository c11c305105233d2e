"""The server goes away in the middle of a run: who follows the run hears of it, and of how it goes on."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.acceptance.faults.control import Control
from tests.acceptance.faults.plans import write_plan
from tests.acceptance.installation import Installation, installed
from tests.acceptance.library import write
from tests.acceptance.stack_helpers import child_pid, supervisor_pid

QUESTION = "How does the nightly purge make sure that two purges never run at once?"
Following = subprocess.Popen[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "archive")


@contextmanager
def following(installation: Installation, *arguments: str | Path) -> Iterator[Following]:
    """A command that follows a run, once the run's first pass is open."""
    command = [installation.command("swarm"), *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=installation.environment, text=True, **pipes) as process:
        try:
            until(process, " pass 1 ")
            yield process
        finally:
            process.kill()


def until(process: Following, words: str) -> list[str]:
    """What it says on standard error, up to a line with these words."""
    said: list[str] = []
    assert process.stderr is not None
    for line in process.stderr:
        said.append(line)
        if words in line:
            return said
    raise AssertionError(f"{words!r} was not said: {said}")


def kill(pid: int | None) -> None:
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("victim", ["server", "supervisor"])
def test_research_follows_its_run_across_a_killed_server(folder: Path, victim: str) -> None:
    with installed() as installation, following(installation, "research", QUESTION, folder, "--json") as run:
        settings = installation.settings
        kill(supervisor_pid(settings) if victim == "supervisor" else child_pid(settings, "server"))
        out, err = run.communicate(timeout=100)
    assert run.returncode == 0, err
    assert json.loads(out)["state"] == "done"
    assert err.count("the server is away") == 1
    assert err.count("the server is back") == 1


def test_the_end_of_the_stack_names_the_runs_under_way_and_how_to_go_on(folder: Path, tmp_path: Path) -> None:
    control = Control(tmp_path / "control")
    plan = write_plan(tmp_path, [2], {})
    with installed(control.variables, start_timeout=5) as installation:
        asked = ("research", QUESTION, folder, "--plan", plan, "--engine", "faulty")
        with control.hold(), following(installation, *asked) as run:
            ended = installation.swarm("down")
            out, err = run.communicate(timeout=60)
        run_id = ended.stderr.split()[2].rstrip(";")
        assert "swarm resume run_" in ended.stderr
        assert (run.returncode, out) == (1, "")
        assert f"swarm resume {run_id}" in err
        assert installation.json("resume", run_id)["state"] == "done"


def test_the_id_of_a_run_is_said_as_soon_as_there_is_one(folder: Path) -> None:
    with installed() as installation:
        ended = installation.swarm("research", QUESTION, folder, "--plan", "quick", "--json")
    assert f"{json.loads(ended.stdout)['run_id']} is queued" in ended.stderr.splitlines()
