import pytest

from swarm_app.contracts.documents import Document, Part, Shard
from swarm_app.store.nodes import BEAT
from swarm_app.store.store import Store
from tasks import slices as module
from tasks.slices import Slices
from tests.integration.clock import Clock

OLD, NEW = "ab" * 32, "cd" * 32


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


def hold(store: Store, sha256: str, lines: list[str], loaded_at: float = 1.0) -> None:
    document = Document(path="a.txt", sha256=sha256, kind="text", size=9, lines=len(lines), chars=9, tokens=3)
    part = Part(path="a.txt", sha256=sha256, kind="text", start=1, end=len(lines), tokens=3)
    store.documents.put([(document, lines)])
    store.shards.put(Shard(name="s", capacity=10, loaded_at=loaded_at), [part])


def test_lines_that_were_read_stay_when_the_store_has_lost_them(store: Store) -> None:
    hold(store, OLD, ["one\n", "two\n", "three\n"])
    slices = Slices(store)
    read = slices.read("a.txt", OLD, 2, 3)
    assert read is not None
    assert (read.text, read.start, read.end, read.start_char, read.end_char) == ("two\nthree\n", 2, 3, 4, 14)
    store.shards.drop("s")
    assert slices.read("a.txt", OLD, 2, 3) == read
    assert slices.read("a.txt", OLD, 1, 1) is None


def test_lines_outside_the_document_are_none(store: Store) -> None:
    hold(store, OLD, ["one\n"])
    assert Slices(store).read("a.txt", OLD, 2, 3) is None
    assert Slices(store).read("a.txt", NEW, 1, 1) is None


def test_a_new_version_is_seen_as_soon_as_the_shards_nodes_see_it(store: Store, clock: Clock) -> None:
    hold(store, OLD, ["one\n"])
    slices = Slices(store)
    assert slices.version("s", "a.txt") == OLD
    hold(store, NEW, ["uno\n"])
    assert slices.version("s", "a.txt") == OLD
    clock.pass_by(BEAT + 0.1)
    assert slices.version("s", "a.txt") == NEW


def test_a_shard_that_was_dropped_and_loaded_anew_is_another(store: Store, clock: Clock) -> None:
    hold(store, OLD, ["one\n"])
    slices = Slices(store)
    assert slices.version("s", "a.txt") == OLD
    store.shards.drop("s")
    hold(store, NEW, ["uno\n"], loaded_at=2.0)
    clock.pass_by(BEAT + 0.1)
    assert slices.version("s", "a.txt") == NEW


def test_a_shard_or_a_path_that_is_not_there_has_no_version(store: Store) -> None:
    hold(store, OLD, ["one\n"])
    assert Slices(store).version("s", "b.txt") is None
    assert Slices(store).version("t", "a.txt") is None


def test_what_is_kept_is_bounded_and_can_be_read_again(store: Store) -> None:
    lines = [f"{number:0500d}\n" for number in range(40)]
    hold(store, OLD, lines)
    slices = Slices(store, most_chars=5_000)
    for number in range(1, 41):
        read = slices.read("a.txt", OLD, number, number)
        assert read is not None
        assert read.text == lines[number - 1]
    assert slices.kept <= 5_000
    assert slices.read("a.txt", OLD, 1, 1) is not None


def test_lines_longer_than_all_that_is_kept_are_read_and_not_kept(store: Store) -> None:
    hold(store, OLD, ["x" * 9_000 + "\n"])
    slices = Slices(store, most_chars=5_000)
    read = slices.read("a.txt", OLD, 1, 1)
    assert read is not None
    assert len(read.text) == 9_001
    assert slices.kept == 0
