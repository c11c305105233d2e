"""Loads that meet other loads, and loads that are killed: real processes on one store."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from swarm_app.client.loading import Loader, collection_name
from swarm_app.contracts.documents import Citation, Verdict
from swarm_app.contracts.ids import new_run_id
from swarm_app.contracts.run import RunState
from swarm_app.contracts.step import Step
from swarm_app.embedded.start import environment
from swarm_app.evidence import check
from swarm_app.keys import Keys
from swarm_app.settings import Settings, load
from swarm_app.store.store import Store
from tests.integration.store.samples import running

FILES = 12
ROUNDS = 25
LONGEST = 120.0  # seconds

LOADS = """
import sys
from pathlib import Path
from swarm_app.client.loading import Loader
from swarm_app.settings import load
from swarm_app.store.store import Store

how, path, rounds = sys.argv[1], [Path(sys.argv[2])], int(sys.argv[3])
settings = load()
loader = Loader(settings, Store(settings))
print("ready", flush=True)
sys.stdin.readline()
for _ in range(rounds):
    watch = lambda step: print(step.doing, step.done, flush=True)
    loader.one("shared", path, None, watch) if how == "one" else loader.several(path, watch)
"""


@contextmanager
def loading(settings: Settings, how: str, path: Path, rounds: int) -> Iterator["subprocess.Popen[str]"]:
    """A process that loads a path time and again, once it is told to."""
    command = [sys.executable, "-c", LOADS, how, str(path), str(rounds)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, env=environment(settings), stdin=pipe, stdout=pipe, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def begin(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    print(file=process.stdin, flush=True)


def at_work(*processes: "subprocess.Popen[str]") -> Iterator[None]:
    """Once and again while one of them runs; all of them must end well."""
    deadline = time.monotonic() + LONGEST
    while any(process.poll() is None for process in processes):
        assert time.monotonic() < deadline
        yield
    assert [process.returncode for process in processes] == [0] * len(processes)


def folder(path: Path, says: str, files: int = FILES) -> Path:
    """Documents of which a third is the same in every folder."""
    path.mkdir(exist_ok=True)
    for number in range(files):
        words = "the same" if number % 3 == 0 else says
        (path / f"{number:04}.txt").write_text(f"Entry {number} says {words}, and no more.\n", "utf-8")
    return path


def check_documents(store: Store, settings: Settings) -> None:
    """The documents that shards hold are whole and stay; all others go, and every holder is counted."""
    held: Counter[str] = Counter()
    for name in store.shards.names():
        held.update({part.sha256 for part in store.shards.parts(name)})
    keys = Keys(settings.namespace)
    assert store.client.hgetall(keys.holders()) == {sha256: str(count) for sha256, count in held.items()}
    assert set(store.documents.known(list(held))) == set(held)
    for key in store.client.scan_iter(keys.document("*")):
        assert (store.client.ttl(key) == -1) == (key.rpartition(":")[2] in held)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return load(
        redis_url=settings.redis_url, namespace=settings.namespace, state_dir="/tmp/unused", capacity=60
    )


def test_two_processes_that_load_one_shard_do_not_tear_it(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    folders = [folder(tmp_path / name, name) for name in ("north", "south")]
    seen: Counter[str] = Counter()
    settings = settings.model_copy(update={"capacity": 200_000})
    with (
        loading(settings, "one", folders[0], ROUNDS) as first,
        loading(settings, "one", folders[1], ROUNDS) as second,
    ):
        begin(first)
        begin(second)
        for _ in at_work(first, second):
            snapshot = store.shards.snapshot("shared")
            firsts = {part.path.partition("/")[0] for part in snapshot.parts}
            assert len(snapshot.parts) in {0, FILES}
            assert len(firsts) <= 1
            assert not snapshot.shard or set(snapshot.shard.roots) == firsts
            lost = [part for part in snapshot.parts if store.documents.lines(part.sha256) is None]
            assert not lost or store.shards.snapshot("shared").version > snapshot.version
            seen.update(firsts)
    assert set(seen) == {"north", "south"}
    check_documents(store, settings)


def test_two_processes_that_load_a_changing_folder_leave_each_document_in_one_shard(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    path = folder(tmp_path / "living", "0")
    with (
        loading(settings, "several", path, ROUNDS) as first,
        loading(settings, "several", path, ROUNDS) as second,
    ):
        begin(first)
        begin(second)
        for number, _ in enumerate(at_work(first, second)):
            folder(path, f"{number}", files=FILES + number % 5)
            (path / f"{number % FILES:04}.txt").unlink()
    shards = Loader(settings, store).several([path], None)
    assert store.shards.names() == sorted(shard.name for shard in shards)
    assert all(shard.tokens <= 60 for shard in shards)
    held = sorted(part.path for shard in shards for part in store.shards.parts(shard.name))
    assert held == sorted(f"living/{file.name}" for file in path.iterdir())
    check_documents(store, settings)


@pytest.mark.parametrize(
    "moment", ["reading files 1", "reading files 900", "reading files 1200", "storing documents 0"]
)
def test_a_load_that_is_killed_leaves_the_version_before_it_whole_or_is_done(
    settings: Settings, store: Store, tmp_path: Path, moment: str
) -> None:
    settings = settings.model_copy(update={"capacity": 4_000})
    path = folder(tmp_path / "docs", "before", files=1_200)
    names = [shard.name for shard in Loader(settings, store).several([path], None)]
    before = [store.shards.snapshot(name) for name in names]
    folder(path, "after", files=1_200)
    with loading(settings, "several", path, 1) as process:
        begin(process)
        assert process.stdout is not None
        next(line for line in process.stdout if line.startswith(moment))
        process.kill()
        process.wait()
    after = [store.shards.snapshot(name) for name in names]
    assert after == before or [one.version for one in after] == [one.version + 1 for one in before]
    check_documents(store, settings)
    again = Loader(settings, store).several([path], None)
    assert [shard.version for shard in again] == [one.version + 1 for one in before]


def test_only_the_shard_of_a_changed_document_gets_a_new_version(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    path = folder(tmp_path / "docs", "much")
    loader = Loader(settings, store)
    before = loader.several([path], None)
    assert [shard.name for shard in before] == [
        collection_name([path]),
        *(f"{collection_name([path])}-{number}" for number in (2, 3)),
    ]
    (path / "0000.txt").write_text("Entry 0 says more.\n", "utf-8")
    assert [shard.version for shard in loader.several([path], None)] == [2, 1, 1]


def test_a_shard_that_is_left_with_nothing_goes_unless_a_run_under_way_asks_it(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    path = folder(tmp_path / "docs", "much")
    loader = Loader(settings, store)
    names = tuple(shard.name for shard in loader.several([path], None))
    run = running(store)
    asking = run.model_copy(update={"run_id": new_run_id(), "shards": names[1:]})
    store.runs.create(asking)
    for file in sorted(path.iterdir())[1:]:
        file.unlink()
    assert [shard.name for shard in loader.several([path], None)] == [names[0]]
    assert {shard.name: shard.documents for shard in store.shards.all()} == dict(
        zip(names, (1, 0, 0), strict=True)
    )
    store.runs.move(asking.run_id, {RunState.QUEUED}, RunState.CANCELLED)
    assert [shard.name for shard in loader.several([path], None)] == [names[0]]
    assert store.shards.names() == [names[0]]


def test_what_a_finding_cited_is_checkable_after_the_document_changed_and_was_removed(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    path = folder(tmp_path / "docs", "that the gate is open")
    loader = Loader(settings, store)
    loader.several([path], None)
    running(store)
    cited = Citation(
        path="docs/0001.txt",
        start=1,
        end=1,
        quote="Entry 1 says that the gate is open",
        sha256=store.shards.versions(collection_name([path]), ["docs/0001.txt"])["docs/0001.txt"],
    )
    (path / "0001.txt").write_text("Entry 1 says that the gate is shut.\n", "utf-8")
    loader.several([path], None)
    assert check(cited, store.documents).verdict is Verdict.VERIFIED
    (path / "0001.txt").unlink()
    loader.several([path], None)
    assert check(cited, store.documents).verdict is Verdict.VERIFIED


def test_what_the_store_has_lost_of_a_shard_is_put_back_for_good(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    path = folder(tmp_path / "docs", "much")
    loader = Loader(settings, store)
    loader.several([path], None)
    lost = store.shards.parts(collection_name([path]))[1]
    store.client.delete(Keys(settings.namespace).lines(lost.sha256))
    assert [shard.version for shard in loader.several([path], None)] == [1, 1, 1]
    assert store.documents.lines(lost.sha256) == ["Entry 1 says much, and no more.\n"]
    check_documents(store, settings)


def test_a_document_that_is_lost_while_it_is_loaded_is_read_again(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    path = folder(tmp_path / "docs", "much")
    readings: list[str] = []

    def lose(step: Step) -> None:
        """Lose a document that was read, before a shard holds it, as an hour's wait would."""
        if step.doing == "storing documents" and not readings:
            store.client.delete(*store.client.scan_iter(Keys(settings.namespace).lines("*")))
        readings.extend([step.doing] * (step.doing == "storing documents"))

    Loader(settings, store).several([path], lose)
    assert len(readings) == 2
    check_documents(store, settings)
