"""Memory shards as a person serves, loads, watches and drops them."""

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from swarm_app.errors import ServerError
from swarm_app.keys import Keys
from tests.acceptance.installation import Installation, installed
from tests.acceptance.library import RETENTION, write
from tests.acceptance.refusals import refusal
from tests.acceptance.stack_helpers import child_pid, wait_until

QUESTION = "How does the nightly purge make sure that two purges never run at once?"
HOST = socket.gethostname()


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with installed(linger=120) as made:
        yield made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("library") / "archive")


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder of one document."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("The spare key is kept in the blue cabinet.\n", "utf-8")
    return tmp_path / "notes"


@pytest.fixture(scope="module")
def served(installation: Installation, folder: Path) -> Iterator[None]:
    """The shard `archive`, served in a terminal of its own."""
    with installation.process("swarm", "shard", "serve", "archive", str(folder)):
        wait_for_holders(installation, "archive", 1)
        yield


@pytest.fixture(scope="module")
def small() -> Iterator[Installation]:
    """An installation whose shards hold next to nothing, and where no run is ever made."""
    with installed(linger=120, capacity=250) as made:
        yield made


def wait_for_holders(installation: Installation, shard: str, count: int) -> None:
    """Wait until so many nodes hold a shard in memory."""

    def enough() -> bool:
        store = installation.store()
        try:
            return sum(shard in node.holds for node in store.nodes.alive()) == count
        except ServerError:
            return False
        finally:
            store.close()

    wait_until(enough, f"{count} hold {shard}")


def inspected(installation: Installation) -> dict[str, Any]:
    """What plain Celery says that each node holds: node -> shard -> facts."""
    ended = installation.celery("inspect", "shard", "--json", "--timeout", "3")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    answered: dict[str, Any] = json.loads(ended.stdout)
    return answered


def listed(installation: Installation, name: str) -> dict[str, Any]:
    """What `swarm shard list` says of one shard."""
    shards = installation.json("shard", "list")["shards"]
    return next(shard for shard in shards if shard["name"] == name)


def stored(installation: Installation, sha256: str) -> bool:
    """Whether the store still has a document."""
    store = installation.store()
    try:
        return bool(store.client.exists(Keys(installation.settings.namespace).document(sha256)))
    finally:
        store.close()


@pytest.mark.usefixtures("served")
def test_a_shard_is_a_node_that_consumes_only_its_own_queue(installation: Installation) -> None:
    consumed = json.loads(installation.celery("inspect", "active_queues", "--json").stdout)
    queues = [queue["name"] for queue in consumed[f"shard-archive.1@{HOST}"]]
    assert queues == ["shard.archive"]


@pytest.mark.usefixtures("served")
def test_plain_celery_says_what_a_shard_holds(installation: Installation) -> None:
    facts = inspected(installation)[f"shard-archive.1@{HOST}"]["archive"]
    known = listed(installation, "archive")
    assert {name: facts[name] for name in ("documents", "lines", "tokens", "capacity", "version")} == {
        "documents": 4,
        "lines": known["lines"],
        "tokens": known["tokens"],
        "capacity": 200_000,
        "version": 1,
    }
    assert facts["memory"] > 1_000_000
    assert facts["since"] < time.time()


@pytest.mark.usefixtures("served")
def test_a_second_server_of_a_shard_reloads_it_from_the_store_as_number_two(
    installation: Installation,
) -> None:
    with installation.process("swarm", "shard", "serve", "archive"):
        wait_for_holders(installation, "archive", 2)
        held = inspected(installation)
        first, second = (held[f"shard-archive.{number}@{HOST}"]["archive"] for number in (1, 2))
        assert {"memory", "since"} == {name for name in first if first[name] != second[name]}


@pytest.mark.usefixtures("served")
def test_a_shard_that_is_served_elsewhere_is_asked_and_not_started_again(
    installation: Installation,
) -> None:
    answer = installation.json("ask", QUESTION, "--shards", "archive")
    assert answer["excerpts"][0]["path"].startswith("archive/")
    assert child_pid(installation.settings, "shard") is None


def test_a_changed_load_raises_the_version_and_running_nodes_follow(
    installation: Installation, notes: Path
) -> None:
    with installation.process("swarm", "shard", "serve", "notes", str(notes)):
        wait_for_holders(installation, "notes", 1)
        (notes / "b.md").write_text("The horn is blown at noon by the deputy.\n", "utf-8")
        assert "version 2" in installation.swarm("shard", "load", "notes", notes).stderr
        assert inspected(installation)[f"shard-notes.1@{HOST}"]["notes"]["version"] == 2
        answer = installation.json("ask", "When is the horn blown?", "--shards", "notes")
        assert [excerpt["path"] for excerpt in answer["excerpts"]] == ["notes/b.md"]


@pytest.mark.usefixtures("served")
def test_an_unchanged_load_keeps_the_version(installation: Installation, folder: Path) -> None:
    before = listed(installation, "archive")
    assert installation.swarm("shard", "load", "archive", folder).returncode == 0
    assert listed(installation, "archive") == before


@pytest.mark.usefixtures("served")
def test_a_load_over_the_capacity_is_refused_with_the_number_needed_and_changes_nothing(
    installation: Installation, folder: Path
) -> None:
    before = listed(installation, "archive")
    said = refusal(installation.swarm("shard", "load", "archive", folder, "--capacity", "250"))
    assert "3 shards are needed" in said
    assert listed(installation, "archive") == before


def test_a_dropped_shard_is_gone_with_its_process_and_its_documents(
    small: Installation, tmp_path: Path
) -> None:
    (tmp_path / "terms.md").write_text(RETENTION, "utf-8")
    answer = small.json("ask", "How long is the retention period?", tmp_path)
    before = {shard["name"] for shard in small.json("shard", "list")["shards"]}
    (name,) = (shard for shard in before if shard.startswith("test-a-dropped"))
    assert small.swarm("shard", "drop", name).returncode == 0
    assert f"no shard '{name}'" in refusal(small.swarm("ask", QUESTION, "--shards", name))
    wait_until(lambda: not any(name in node for node in small.nodes()), "the shard's process ends")
    assert not stored(small, answer["excerpts"][0]["sha256"])
    assert not (small.settings.stack_dir / "indexes" / name).exists()


def test_documents_of_a_dropped_shard_stay_while_a_run_may_cite_them(
    installation: Installation, notes: Path
) -> None:
    installation.swarm("shard", "load", "cited", notes)
    question = "Where is the spare key kept?"
    report = installation.json("research", question, "--shards", "cited", "--plan", "quick")
    assert installation.swarm("shard", "drop", "cited").returncode == 0
    verified = installation.json("verify", report["run_id"])
    assert verified["verified"] > 0
    assert verified["invalid"] == verified["stale"] == 0


def test_folders_of_one_name_in_two_shards_get_first_parts_of_their_own(
    installation: Installation, tmp_path: Path
) -> None:
    gates = {"north": "The northern gate is opened by Ada.", "south": "The southern gate is shut."}
    for name, words in gates.items():
        (tmp_path / name / "docs").mkdir(parents=True)
        (tmp_path / name / "docs" / "gate.md").write_text(f"{words}\n", "utf-8")
        installation.swarm("shard", "load", name, tmp_path / name / "docs")
    question = "Who opens the northern gate, and is the southern gate shut?"
    report = installation.json("research", question, "--shards", "north,south", "--plan", "quick")
    assert report["roots"] == {
        "docs": str(tmp_path / "north" / "docs"),
        "docs-2": str(tmp_path / "south" / "docs"),
    }
    assert {(each["path"], each["quote"]) for each in report["report"]["citations"]} == {
        ("docs/gate.md", gates["north"]),
        ("docs-2/gate.md", gates["south"]),
    }


def test_a_collection_larger_than_a_shard_is_split_over_as_many_as_it_needs(
    small: Installation, folder: Path
) -> None:
    answer = small.json("ask", QUESTION, folder)
    shards = [shard for shard in small.json("shard", "list")["shards"] if shard["name"].startswith("archive")]
    assert len(shards) == 3
    assert all(shard["tokens"] <= 250 for shard in shards)
    assert sum(shard["documents"] for shard in shards) >= 4
    assert "archive lock" in answer["excerpts"][0]["text"]


def test_a_document_larger_than_a_shard_is_split_and_keeps_its_line_numbers(
    small: Installation, tmp_path: Path
) -> None:
    lines = [f"Entry {number}: the porter logged {number * 37} crates of tea." for number in range(1, 31)]
    (tmp_path / "log.txt").write_text("\n".join(lines) + "\n", "utf-8")
    (excerpt,) = small.json("ask", "Entry 28: 1036 crates of tea", tmp_path / "log.txt", "--tokens", "20")[
        "excerpts"
    ]
    assert lines[excerpt["start"] - 1 : excerpt["end"]] == excerpt["text"].splitlines()
    assert "1036 crates" in excerpt["text"]
    parts = [shard["name"] for shard in small.json("shard", "list")["shards"] if "log-txt" in shard["name"]]
    assert len(parts) == 2
