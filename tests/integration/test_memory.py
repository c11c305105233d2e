"""Text that is handed over to a shard, beside the files that it holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shard import memory
from shard.memory import SwarmMemoryShard
from swarm_app.client.loading import Loader
from swarm_app.contracts.documents import Document, Part, Shard
from swarm_app.errors import CapacityError
from swarm_app.settings import Settings
from swarm_app.store.store import Store

TEXT = "Decision 7 of the session was to keep the queue.\n"
FACT = "The harbour master keeps the key of the lighthouse.\n"


@pytest.fixture
def handing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[SwarmMemoryShard]:
    monkeypatch.setattr(memory, "current", lambda: settings)
    shard = SwarmMemoryShard(specialization="s")
    yield shard
    shard._store.close()


def test_text_that_is_added_leaves_the_folders_of_a_shard_and_what_was_skipped_in_them(
    store: Store, settings: Settings, handing: SwarmMemoryShard, tmp_path: Path
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "keys.md").write_text(FACT, "utf-8")
    (tmp_path / "docs" / "broken.md").write_bytes(b"\xff\xfe\x00 is no UTF-8")
    before = Loader(settings, store).one("s", [tmp_path / "docs"], None, None)
    handing.load_context(TEXT, "SESSION-RESUME.md")
    after = store.shards.get("s")
    assert before.roots == after.roots == {"docs": str(tmp_path / "docs")}
    assert before.skipped == after.skipped != ()
    assert (after.version, after.documents, after.lines) == (2, 2, 2)


def test_of_a_document_that_was_split_only_the_lines_that_are_here_are_counted(
    store: Store, handing: SwarmMemoryShard
) -> None:
    lines = [FACT] * 90
    document = Document(path="a.txt", sha256="ab" * 32, kind="text", size=9, lines=90, chars=9, tokens=990)
    store.documents.put([(document, lines)])
    ends = ((11, 20), (81, 90))
    parts = [
        Part(path="a.txt", sha256="ab" * 32, kind="text", start=start, end=end, tokens=110)
        for start, end in ends
    ]
    store.shards.put(Shard(name="s", capacity=1_000), parts)
    handing.load_context(TEXT, "SESSION-RESUME.md")
    held = store.shards.get("s")
    assert (held.documents, held.lines) == (2, 21)


def test_text_goes_into_a_shard_as_long_as_the_shard_holds_it(
    store: Store, settings: Settings, handing: SwarmMemoryShard
) -> None:
    store.shards.put(Shard(name="s", capacity=2 * settings.capacity), [])
    handing.load_context("word " * (settings.capacity + 10), "long.txt")
    assert store.shards.get("s").capacity == 2 * settings.capacity
    with pytest.raises(CapacityError, match="holds 400,000 tokens"):
        handing.load_context("word " * settings.capacity, "longer.txt")
