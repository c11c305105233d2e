"""No wrapper: plain Celery workers, passes queued from Python, and Flower's own API to see them."""

import socket
from collections import Counter
from collections.abc import Iterator
from typing import Any

import psutil
import pytest

from tests.acceptance.flower import Flower
from tests.acceptance.installation import Installation, installed
from tests.acceptance.library import write
from tests.acceptance.stack_helpers import wait_until

PASSES = {
    "Signal Capture": 5,
    "Primary Analysis": 5,
    "Rigor": 4,
    "Cross-Domain": 8,
    "Plateau": 3,
    "Debug": 5,
    "Deep Dive": 6,
    "Meta-Validation": 6,
}

QUEUES_GEDIMAT = """
from swarm_app import Swarm

with Swarm() as swarm:
    swarm.load("docs", [{docs!r}])
    swarm.load("src", [{src!r}])
    run = swarm.research("How does the purge avoid running twice at once?", shards=["docs", "src"])
    types = [event.type for event in run.events()]
    report = run.result(timeout=60)
assert types[0] == "run.queued" and types[-1] == "run.done", types
assert sum(passed.reported for passed in report.passes) == 42
assert {{finding.worker_id for finding in report.findings}} == {{"plain@" + {host!r}}}
"""


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with installed() as made:
        yield made


@pytest.fixture(scope="module")
def flower(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flower]:
    """Flower, watching while a plain worker does a whole run that was queued from Python."""
    folder, flower = write(tmp_path_factory.mktemp("library") / "archive"), Flower()
    program = QUEUES_GEDIMAT.format(
        docs=str(folder / "docs"), src=str(folder / "src"), host=socket.gethostname()
    )
    worker = ("celery", "-A", "swarm_app", "worker", "-Q", "research,assist", "-n", "plain@%h")
    with (
        installation.process("celery", "-A", "swarm_app", "flower", *flower.options),
        installation.process(*worker),
    ):
        wait_until(flower.answers, "Flower answers")
        installation.wait_for_node("plain@")
        ended = installation.python(program)
        assert ended.returncode == 0, ended.stderr
        yield flower


def done(flower: Flower) -> list[dict[str, Any]]:
    wait_until(
        lambda: Counter(task["state"] for task in flower.tasks())["SUCCESS"] >= 51,
        "Flower has seen everything",
    )
    return flower.tasks()


def test_flower_lists_forty_two_research_tasks_named_for_their_passes(flower: Flower) -> None:
    names = Counter(task["name"] for task in done(flower))
    assert {name: names[name] for name in PASSES} == PASSES


def test_flower_lists_a_synthesis_for_each_pass(flower: Flower) -> None:
    bodies = Counter(task["name"] for task in done(flower) if task["name"].startswith("Synthesis: "))
    assert bodies == {f"Synthesis: {name}": 1 for name in PASSES}


def test_flower_lists_nothing_but_the_run(flower: Flower) -> None:
    assert len(flower.tasks()) == 42 + 8 + 1


def test_arguments_read_as_a_sentence(flower: Flower) -> None:
    arguments = [task["args"] for task in done(flower) if task["name"] == "Signal Capture"]
    assert sorted(argument[:7] for argument in arguments) == [f"{n} of 5:" for n in range(1, 6)]


def test_flower_shows_the_shards_as_nodes(flower: Flower) -> None:
    host = socket.gethostname()
    wanted = {f"shard-docs.1@{host}", f"shard-src.1@{host}", f"plain@{host}"}
    wait_until(lambda: wanted <= set(flower.get("workers?status=true")), "Flower knows the nodes")


def test_flower_listens_on_loopback_only(flower: Flower) -> None:
    listening = [found.laddr for found in psutil.net_connections("tcp") if found.status == "LISTEN"]
    assert [address.ip for address in listening if address.port == flower.port] == ["127.0.0.1"]


def test_plain_inspect_lists_the_tasks(installation: Installation, flower: Flower) -> None:
    registered = installation.celery("inspect", "registered")
    assert "swarm.research" in registered.stdout, registered.stderr
