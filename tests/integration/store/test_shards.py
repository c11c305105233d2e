import pytest

from swarm_app.contracts.documents import Document, Part, Shard, Skipped
from swarm_app.errors import LostError, UnknownError
from swarm_app.keys import Keys
from swarm_app.store.changes import Change
from swarm_app.store.store import Store
from tests.integration.store.samples import running

SHARD = Shard(name="history", capacity=1000, documents=1, lines=3, tokens=5, roots={"a.txt": "/x/a.txt"})
ONE, TWO = "ab" * 32, "cd" * 32


@pytest.fixture(autouse=True)
def documents(store: Store) -> None:
    """Two documents that a load has put into the store."""
    store.documents.put((document(sha256), ["one\n", "two\n", "three\n"]) for sha256 in (ONE, TWO))


def document(sha256: str) -> Document:
    return Document(path="a.txt", sha256=sha256, kind="text", size=9, lines=3, chars=9, tokens=3)


def part(path: str = "a.txt", sha256: str = ONE, start: int = 1) -> Part:
    return Part(path=path, sha256=sha256, kind="text", start=start, end=start + 2, tokens=5)


def named(name: str) -> Shard:
    return SHARD.model_copy(update={"name": name})


def ttl(store: Store, sha256: str) -> set[int]:
    """Seconds that a document's keys live on: -1 for good, -2 not at all."""
    return {store.client.ttl(key) for key in store.documents._keys_of(sha256)}


def test_a_first_load_is_version_one(store: Store) -> None:
    assert store.shards.put(SHARD, [part()]).version == 1


def test_a_load_that_changes_nothing_keeps_the_version(store: Store) -> None:
    before = store.shards.put(SHARD, [part()])
    assert store.shards.put(SHARD.model_copy(update={"loaded_at": 9.0}), [part()]) == before


def test_what_was_skipped_is_told_anew_without_a_new_version(store: Store) -> None:
    store.shards.put(SHARD, [part()])
    skipped = (Skipped(path="b.bin", reason="binary"),)
    store.shards.put(SHARD.model_copy(update={"skipped": skipped}), [part()])
    assert (store.shards.get("history").version, store.shards.get("history").skipped) == (1, skipped)


def test_a_changed_document_raises_the_version(store: Store) -> None:
    store.shards.put(SHARD, [part()])
    assert store.shards.put(SHARD, [part(sha256=TWO)]).version == 2
    assert store.shards.parts("history") == [part(sha256=TWO)]


def test_documents_are_added_replaced_and_removed_one_by_one(store: Store) -> None:
    store.shards.put(SHARD, [part("kept.txt"), part("changed.txt"), part("removed.txt")])
    after = [part("added.txt", TWO), part("changed.txt", TWO), part("kept.txt")]
    store.shards.put(SHARD, after)
    assert store.shards.parts("history") == after


def test_the_parts_of_a_split_document_are_kept_apart(store: Store) -> None:
    store.shards.put(SHARD, [part(start=1), part(start=4)])
    assert [held.start for held in store.shards.parts("history")] == [1, 4]


def test_a_document_that_a_shard_holds_stays_for_good(store: Store) -> None:
    store.shards.put(SHARD, [part()])
    assert ttl(store, ONE) == {-1}
    assert ttl(store, TWO) != {-1}


def test_a_document_that_no_shard_holds_any_more_is_gone_at_once(store: Store) -> None:
    store.shards.put(SHARD, [part()])
    store.shards.put(SHARD, [part(sha256=TWO)])
    assert ttl(store, ONE) == {-2}


def test_a_document_that_a_stored_run_may_cite_stays_as_long_as_that(store: Store) -> None:
    store.shards.put(SHARD, [part()])
    running(store)
    store.shards.put(SHARD, [part(sha256=TWO)])
    assert all(0 < seconds <= 600 for seconds in ttl(store, ONE))
    assert store.documents.lines(ONE, 2, 2) == ["two\n"]


def test_a_document_that_another_shard_holds_stays(store: Store) -> None:
    store.shards.put(SHARD, [part(), part("copy.txt")])
    store.shards.put(named("other"), [part()])
    store.shards.drop("history")
    assert ttl(store, ONE) == {-1}
    store.shards.drop("other")
    assert ttl(store, ONE) == {-2}
    assert store.client.exists(Keys(store._settings.namespace).holders()) == 0


def test_a_document_that_moves_from_one_shard_to_another_is_never_forgotten(store: Store) -> None:
    store.shards.put(SHARD, [part()])
    now = {"history": [part(sha256=TWO)], "other": [part()]}
    store.shards.load(
        lambda: [Change(store.shards.snapshot(name), named(name), held) for name, held in now.items()]
    )
    assert ttl(store, ONE) == ttl(store, TWO) == {-1}


def test_a_load_of_a_document_that_is_not_in_the_store_changes_nothing(store: Store) -> None:
    store.shards.put(SHARD, [part()])
    with pytest.raises(LostError, match="Load the paths again"):
        store.shards.put(SHARD, [part(), part("b.txt", sha256="ef" * 32)])
    assert store.shards.snapshot("history").parts == (part(),)


def test_several_shards_change_at_once_or_not_at_all(store: Store) -> None:
    store.shards.put(SHARD, [part()])
    asked = 0

    def make() -> list[Change]:
        nonlocal asked
        asked += 1
        before = [store.shards.snapshot(name) for name in ("history", "other")]
        if asked == 1:
            store.shards.put(named("other"), [part("theirs.txt", TWO)])  # somebody else is quicker
        return [Change(shard, named(shard.name), [part("mine.txt", TWO)]) for shard in before]

    assert [shard.version for shard in store.shards.load(make)] == [2, 2]
    assert asked == 2
    assert {name: store.shards.parts(name)[0].path for name in ("history", "other")} == {
        "history": "mine.txt",
        "other": "mine.txt",
    }


def test_an_unknown_shard_is_an_error_that_names_those_there_are(store: Store) -> None:
    store.shards.put(SHARD, [part()])
    with pytest.raises(UnknownError, match="history"):
        store.shards.get("geography")


def test_a_dropped_shard_is_gone(store: Store) -> None:
    store.shards.put(SHARD, [part()])
    store.shards.drop("history")
    assert store.shards.all() == []
    assert store.shards.parts("history") == []


def test_a_shard_of_a_dropped_ones_name_goes_on_counting_its_versions(store: Store) -> None:
    store.shards.put(SHARD, [part()])
    store.shards.drop("history")
    assert store.shards.put(SHARD, [part(sha256=TWO)]).version == 2
