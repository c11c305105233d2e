"""What a run says that it covers, when its shards hold the same documents."""

import pytest

from swarm_app.client.runs import new_run
from swarm_app.contracts.documents import Document, Part, Shard
from swarm_app.contracts.plan import Plan
from swarm_app.store.store import Store
from tests.integration.store.samples import SPEC

ONE = "1" * 64
PLAN = Plan(name="tiny", summary="One pass.", passes=(SPEC,))


def put(store: Store, name: str, *parts: Part) -> Shard:
    return store.shards.put(Shard(name=name, capacity=100), parts)


def part(start: int, end: int) -> Part:
    return Part(path="a.txt", sha256=ONE, kind="text", start=start, end=end, tokens=10 * (end - start + 1))


@pytest.fixture(autouse=True)
def _stored(store: Store) -> None:
    known = Document(path="a.txt", sha256=ONE, kind="text", lines=2, tokens=20, size=8, chars=8)
    store.documents.put([(known, ["one\n", "two\n"])])


def test_a_document_in_two_shards_is_counted_once(store: Store) -> None:
    shards = [put(store, "hist", part(1, 2)), put(store, "history", part(1, 2))]
    run = new_run("Why?", PLAN, "none", shards, store)
    assert (run.documents, run.lines, run.tokens) == (1, 2, 20)


def test_a_document_that_is_split_between_two_shards_is_counted_whole(store: Store) -> None:
    shards = [put(store, "hist", part(1, 1)), put(store, "hist-2", part(2, 2))]
    run = new_run("Why?", PLAN, "none", shards, store)
    assert (run.documents, run.lines, run.tokens) == (1, 2, 20)
