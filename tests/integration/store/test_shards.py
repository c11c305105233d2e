import pytest

from swarm_app.contracts.documents import Part, Shard
from swarm_app.errors import UnknownError
from swarm_app.store.store import Store

SHARD = Shard(name="history", capacity=1000, documents=1, lines=3, tokens=5, roots={"a.txt": "/x/a.txt"})


def part(path: str = "a.txt", sha256: str = "ab" * 32, start: int = 1) -> Part:
    return Part(path=path, sha256=sha256, kind="text", start=start, end=start + 2, tokens=5)


def test_a_first_load_is_version_one(store: Store) -> None:
    assert store.shards.put(SHARD, [part()])[0].version == 1


def test_a_load_that_changes_nothing_keeps_the_version(store: Store) -> None:
    store.shards.put(SHARD, [part()])
    assert store.shards.put(SHARD.model_copy(update={"loaded_at": 9.0}), [part()])[0].version == 1


def test_a_changed_document_raises_the_version_and_names_what_is_no_longer_held(store: Store) -> None:
    store.shards.put(SHARD, [part()])
    shard, gone = store.shards.put(SHARD, [part(sha256="cd" * 32)])
    assert shard.version == 2
    assert gone == {"ab" * 32}
    assert store.shards.parts("history") == [part(sha256="cd" * 32)]


def test_the_parts_of_a_split_document_are_kept_apart(store: Store) -> None:
    store.shards.put(SHARD, [part(start=1), part(start=4)])
    assert [held.start for held in store.shards.parts("history")] == [1, 4]


def test_an_unknown_shard_is_an_error_that_names_those_there_are(store: Store) -> None:
    store.shards.put(SHARD, [part()])
    with pytest.raises(UnknownError, match="history"):
        store.shards.get("geography")


def test_a_dropped_shard_is_gone_and_says_what_it_held(store: Store) -> None:
    store.shards.put(SHARD, [part()])
    assert store.shards.drop("history") == {"ab" * 32}
    assert store.shards.all() == []


def test_documents_that_another_shard_holds_are_known(store: Store) -> None:
    store.shards.put(SHARD, [part()])
    store.shards.put(SHARD.model_copy(update={"name": "copy"}), [part()])
    assert store.shards.held(without="history") == {"ab" * 32}
