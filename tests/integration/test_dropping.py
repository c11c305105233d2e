"""Dropping a shard that a run uses: refused by the run's name, or that run fails at once."""

import time

import pytest

from swarm_app.cli.doctor.check import Level
from swarm_app.cli.doctor.server import shards
from swarm_app.client.dropping import drop
from swarm_app.contracts.documents import Shard
from swarm_app.contracts.nodes import Node
from swarm_app.contracts.run import RunState
from swarm_app.errors import UnknownError, UsageError
from swarm_app.store.store import Store
from tests.integration.store.samples import running

USED = "s"  # the shard of the sample run


@pytest.fixture(autouse=True)
def _stored(store: Store) -> None:
    for name in ("a", USED):
        store.shards.put(Shard(name=name, capacity=10), [])


def serve(store: Store, *names: str) -> None:
    now = time.time()
    told = Node(name="n@host", kind="shard", host="host", pid=1, started_at=now, seen_at=now)
    store.nodes.announce(told.model_copy(update={"holds": dict.fromkeys(names, 1)}))


def test_a_shard_that_a_run_uses_is_not_dropped_and_the_run_is_named(store: Store) -> None:
    run = running(store)
    with pytest.raises(UsageError, match=f"{run.run_id}.*swarm cancel {run.run_id}.*--force"):
        drop(store, USED)
    assert store.shards.find(USED)


def test_a_shard_that_is_dropped_all_the_same_fails_the_run_at_once(store: Store) -> None:
    run = running(store)
    drop(store, USED, force=True)
    progress = store.runs.progress(run.run_id)
    assert progress.state is RunState.FAILED
    assert f"shard {USED} was dropped" in str(progress.stop_reason)


def test_a_shard_whose_runs_have_ended_is_dropped(store: Store) -> None:
    run = running(store)
    store.runs.move(run.run_id, {RunState.RUNNING}, RunState.CANCELLED)
    drop(store, USED)
    assert store.shards.find(USED) is None
    assert store.runs.progress(run.run_id).state is RunState.CANCELLED


def test_a_shard_that_no_run_uses_is_dropped_while_others_run(store: Store) -> None:
    run = running(store)
    drop(store, "a")
    assert store.runs.progress(run.run_id).state is RunState.RUNNING


def test_a_shard_that_is_not_there_is_said_not_to_be(store: Store) -> None:
    with pytest.raises(UnknownError, match="no shard 'b'"):
        drop(store, "b", force=True)


def test_the_doctor_names_the_unserved_shards_that_a_run_waits_for(store: Store) -> None:
    run = running(store)
    check = shards(store)
    assert check.level is Level.WARN
    assert f"{run.run_id} waits for {USED}" in check.detail
    assert f"swarm shard serve {USED}" in check.mend


def test_the_doctor_says_of_a_shard_that_is_gone_that_its_run_waits_in_vain(store: Store) -> None:
    run = running(store)
    store.shards.drop(USED)
    assert f"swarm cancel {run.run_id}" in shards(store).mend


def test_the_doctor_does_not_mind_unserved_shards_that_no_run_waits_for(store: Store) -> None:
    running(store)
    serve(store, USED)
    assert shards(store).level is Level.OK
