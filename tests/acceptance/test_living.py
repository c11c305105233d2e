"""Documents that change while their shards are served, and loads that take long."""

import os
import pty
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import takewhile
from pathlib import Path

import pytest

from tests.acceptance.installation import Installation, installed
from tests.acceptance.refusals import remembered
from tests.acceptance.stack_helpers import wait_until

QUESTION = "Who keeps the key of the old lighthouse?"
BEFORE = "The harbour master keeps the key of the old lighthouse.\n"
AFTER = "The widow of the pilot keeps the key of the old lighthouse.\n"
LONGEST = 60.0  # seconds


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with installed(linger=120) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "harbour").mkdir()
    (tmp_path / "harbour" / "keys.md").write_text(BEFORE, "utf-8")
    (tmp_path / "harbour" / "tides.md").write_text("The tide tables are printed in March.\n", "utf-8")
    return tmp_path / "harbour"


@pytest.fixture
def long(tmp_path: Path) -> Path:
    """Some 120 MB: several seconds' reading, wherever this runs."""
    (tmp_path / "long").mkdir()
    for number in range(40):
        lines = (f"{number} {line} crates of tea, counted by the porter.\n" for line in range(60_000))
        (tmp_path / "long" / f"{number}.txt").write_text("".join(lines), "utf-8")
    return tmp_path / "long"


def interruptible() -> None:
    """Heed Ctrl-C, also where the tests run in the background and ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def versions(installation: Installation, name: str) -> list[int]:
    """The version of a shard in the memory of each of its nodes."""
    store = installation.store()
    try:
        return sorted(node.holds[name] for node in store.nodes.alive() if name in node.holds)
    finally:
        store.close()


def test_a_changed_file_is_loaded_again_when_its_folder_is_asked(
    installation: Installation, folder: Path
) -> None:
    first = installation.json("research", QUESTION, folder, "--plan", "quick")
    (folder / "keys.md").write_text(AFTER, "utf-8")
    answer = installation.json("ask", QUESTION, folder)
    assert [each["text"] for each in answer["excerpts"] if "key" in each["text"]] == [AFTER.strip()]
    assert versions(installation, first["shards"][0]) == [2]

    verified = installation.swarm("verify", first["run_id"], "--json")
    said = installation.json("show", first["run_id"])
    assert verified.returncode == 1
    assert '"stale"' in verified.stdout
    assert {each["quote"] for each in said["report"]["citations"] if "key" in each["quote"]} == {
        BEFORE.strip()
    }
    assert said["evidence"] == first["evidence"]

    again = installation.json("research", QUESTION, folder, "--plan", "quick")
    assert installation.json("verify", again["run_id"])["stale"] == 0
    assert AFTER.strip() in {each["quote"] for each in again["report"]["citations"]}


@pytest.mark.long
def test_every_replica_follows_a_new_version(installation: Installation, folder: Path) -> None:
    assert installation.swarm("shard", "load", "harbour", folder).returncode == 0
    with installation.process("swarm", "shard", "serve", "harbour"):
        wait_until(lambda: versions(installation, "harbour") == [1, 1], "two nodes hold version 1")
        (folder / "keys.md").write_text(AFTER, "utf-8")
        (folder / "tides.md").unlink()
        (folder / "boats.md").write_text("The pilot's boat is painted every spring.\n", "utf-8")
        assert installation.swarm("shard", "load", "harbour", folder).returncode == 0
        wait_until(lambda: versions(installation, "harbour") == [2, 2], "both nodes hold version 2")
        for tokens in range(100, 104):  # each a question of its own: no cache answers, either node may
            answer = installation.json("ask", QUESTION, "--shards", "harbour", "--tokens", str(tokens))
            assert answer["excerpts"][0]["text"] == AFTER.strip()


def test_the_server_keeps_no_message_of_a_search(installation: Installation, folder: Path) -> None:
    installation.json("ask", QUESTION, folder)  # everything is started
    store = installation.store()
    with store.client.monitor() as monitor:
        installation.json("ask", QUESTION, folder, "--tokens", "123")
        store.client.echo("asked")
        commands = (each["command"] for each in monitor.listen())
        seen = list(takewhile(lambda command: command != "ECHO asked", commands))
    store.close()
    assert [command for command in seen if command.startswith("LPUSH swarm:shard.")], "nobody was asked"
    assert not [
        command for command in seen if command.startswith(("HSET swarm:unacked", "HDEL swarm:unacked"))
    ]


def test_a_long_load_tells_how_far_it_is_and_ctrl_c_leaves_what_was_there(
    installation: Installation, folder: Path, long: Path
) -> None:
    assert installation.swarm("shard", "load", "kept", folder).returncode == 0
    before = remembered(installation)
    command = [installation.command("swarm"), "shard", "load", "kept", str(long), "--capacity", "90000000"]
    process = subprocess.Popen(
        command,
        env=installation.environment,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=interruptible,  # noqa: PLW1509 — no thread runs here
    )
    assert process.stderr is not None
    first = process.stderr.readline()
    process.send_signal(signal.SIGINT)
    rest = process.communicate(timeout=LONGEST)[1]
    assert first.startswith("reading files: ")
    assert " of 40, " in first
    assert rest == "interrupted; nothing is half-loaded\n"
    assert process.returncode == 130
    assert remembered(installation) == before


def test_on_a_terminal_a_long_load_is_a_bar(installation: Installation, long: Path) -> None:
    ours, theirs = pty.openpty()
    command = [installation.command("swarm"), "shard", "load", "bar", str(long), "--capacity", "90000000"]
    variables = installation.environment | {"TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(
        command,
        env=variables,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        preexec_fn=interruptible,  # noqa: PLW1509 — no thread runs here
    )
    os.close(theirs)
    try:
        shown = drawn(ours, until="reading files")
        process.send_signal(signal.SIGINT)
        shown += drawn(ours, until="interrupted")
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert "/40" in shown
    assert "━" in shown


def drawn(terminal: int, until: str) -> str:
    """What is drawn on a terminal, up to these words."""
    shown = b""
    deadline = time.monotonic() + LONGEST
    with suppress(OSError):  # the end, on Linux
        while until.encode() not in shown:
            assert time.monotonic() < deadline, shown
            shown += os.read(terminal, 4096)
    return shown.decode(errors="replace")
