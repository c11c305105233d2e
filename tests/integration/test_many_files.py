"""A folder of 50,000 files, read by a process whose memory is looked at."""

import subprocess
import sys
from pathlib import Path

import pytest

from swarm_app.embedded.start import environment
from swarm_app.settings import Settings, load
from swarm_app.store.store import Store

FILES = 50_000
IN_A_FOLDER = 500
EVERY = 25  # files, one more stands there that cannot be read
MOST_MEMORY = 600_000_000  # bytes, of which the tokenizer takes 140 million; 372 million were measured

LOADS = """
import sys
from pathlib import Path
import psutil
from swarm_app.client.loading import Loader
from swarm_app.settings import load
from swarm_app.store.store import Store

steps = []
settings = load()
shard = Loader(settings, Store(settings)).one("many", [Path(sys.argv[1])], None, steps.append)
print(shard.documents, len(shard.skipped), shard.version, len(steps), psutil.Process().memory_info().rss)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(FILES):
        inner = tmp_path / "many" / f"{number // IN_A_FOLDER:03}"
        if number % IN_A_FOLDER == 0:
            inner.mkdir(parents=True)
        (inner / f"{number}.txt").write_text(
            f"Entry {number}: the porter logged {number * 37} crates.\n", "utf-8"
        )
        if number % EVERY == 0:
            (inner / f"{number}.bin").write_bytes(b"\0")
    return tmp_path / "many"


def loaded(settings: Settings, folder: Path) -> tuple[int, ...]:
    """Documents, skipped names, version, steps and bytes of memory, as the process says at its end."""
    ended = subprocess.run(
        [sys.executable, "-c", LOADS, str(folder)],
        env=environment(settings),
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(map(int, ended.stdout.split()))


@pytest.mark.long
def test_a_folder_of_fifty_thousand_files_beside_two_thousand_that_are_skipped(
    settings: Settings, store: Store, folder: Path
) -> None:
    settings = load(
        redis_url=settings.redis_url,
        namespace=settings.namespace,
        state_dir="/tmp/unused",
        capacity=2_000_000,
    )
    documents, skipped, version, steps, memory = loaded(settings, folder)
    assert (documents, version, steps) == (FILES, 1, FILES + FILES // EVERY + 2)
    assert skipped == FILES // IN_A_FOLDER  # a line for each folder
    assert store.shards.get("many").skipped[0].reason == f"{IN_A_FOLDER // EVERY} files: binary"
    assert memory < MOST_MEMORY

    (folder / "000" / "7.txt").write_text("Entry 7: the porter slept.\n", "utf-8")
    (folder / "000" / "8.txt").unlink()
    documents, _, version, _, memory = loaded(settings, folder)
    assert (documents, version) == (FILES - 1, 2)
    assert memory < MOST_MEMORY
    store.shards.drop("many")
