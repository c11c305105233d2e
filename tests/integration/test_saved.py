from pathlib import Path

import pytest

from shard.context import ShardContext
from shard.loading import load
from shard.saved import Saved
from swarm_app.contracts.documents import Document, Part, Shard
from swarm_app.errors import DocumentError
from swarm_app.store.store import Store

FACT = "The lighthouse keeper resigned in March 1911.\n"


def hold(store: Store, sha256: str = "ab" * 32, fact: str = FACT) -> None:
    document = Document(path="a.txt", sha256=sha256, kind="text", size=9, lines=1, chars=len(fact), tokens=9)
    store.documents.put([(document, [fact])])
    part = Part(path="a.txt", sha256=sha256, kind="text", start=1, end=1, tokens=9)
    store.shards.put(Shard(name="s", capacity=10), [part])


def open_shard(store: Store, saved: Saved) -> ShardContext:
    _, context = load("s", store, saved=saved)
    return context


def told(context: ShardContext) -> list[str]:
    return [found.text for found in context.search(["Who was the lighthouse keeper?"])[0]]


def made(folder: Path) -> list[int]:
    """The index's folders, each by the number that the file system gave it."""
    return [place.stat().st_ino for place in folder.glob("s/*")]


@pytest.fixture
def saved(tmp_path: Path) -> Saved:
    return Saved(tmp_path)


def test_a_shard_that_starts_again_takes_its_saved_index(store: Store, saved: Saved, tmp_path: Path) -> None:
    hold(store)
    first = told(open_shard(store, saved))
    before = made(tmp_path)
    assert first == [FACT.strip()]
    assert told(open_shard(store, saved)) == first
    assert made(tmp_path) == before


def test_a_new_version_makes_a_new_index(store: Store, saved: Saved, tmp_path: Path) -> None:
    hold(store)
    open_shard(store, saved)
    hold(store, "cd" * 32, "The lighthouse keeper never resigned.\n")
    assert told(open_shard(store, saved)) == ["The lighthouse keeper never resigned."]
    assert len(made(tmp_path)) == 1


def test_a_damaged_one_is_made_anew(store: Store, saved: Saved, tmp_path: Path) -> None:
    hold(store)
    open_shard(store, saved)
    before = made(tmp_path)
    (held,) = tmp_path.glob("s/*/held.jsonl")
    held.write_bytes(held.read_bytes().replace(b"keeper", b"kipper"))
    assert told(open_shard(store, saved)) == [FACT.strip()]
    assert made(tmp_path) != before
    assert b"kipper" not in next(iter(tmp_path.glob("s/*/held.jsonl"))).read_bytes()


def test_where_nothing_can_be_saved_a_shard_is_loaded_all_the_same(store: Store, tmp_path: Path) -> None:
    hold(store)
    (tmp_path / "file").touch()
    assert told(open_shard(store, Saved(tmp_path / "file"))) == [FACT.strip()]


def test_a_store_that_has_lost_the_shards_words_is_told_them_again(store: Store, saved: Saved) -> None:
    hold(store)
    open_shard(store, saved)
    known = store.words.find(["s"], ["lighthous"])
    assert known[0][1]["lighthous"]
    store.client.delete(store._keys.words("s"))
    open_shard(store, saved)
    assert store.words.find(["s"], ["lighthous"]) == known


def test_a_saved_index_does_not_hide_that_the_store_has_lost_a_document(store: Store, saved: Saved) -> None:
    hold(store)
    open_shard(store, saved)
    store.client.delete(*store.documents._keys_of("ab" * 32))
    with pytest.raises(DocumentError, match=r"lost a\.txt of shard s"):
        open_shard(store, saved)


def test_nothing_stays_of_a_shard_that_was_dropped(store: Store, saved: Saved, tmp_path: Path) -> None:
    hold(store)
    open_shard(store, saved)
    assert made(tmp_path)
    store.shards.drop("s")
    open_shard(store, saved)
    assert list(tmp_path.iterdir()) == []
