"""Outside workers: what they claim is theirs until they report it, or until their process ends."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from shard.memory import SwarmMemoryShard
from swarm_app import queues
from swarm_app.celery import app, configuration
from swarm_app.contracts.assist import Solution
from swarm_app.contracts.documents import Verdict
from swarm_app.contracts.help import Strategy
from swarm_app.contracts.research import Brief, Draft, Kind
from swarm_app.contracts.run import BriefState, RunState
from swarm_app.embedded.start import environment
from swarm_app.errors import ClaimError, UnknownError
from swarm_app.keys import Keys
from swarm_app.settings import Settings, current
from swarm_app.store import briefs
from swarm_app.store.briefs import Claiming, Standing
from swarm_app.store.store import Store
from tests.acceptance.stack_helpers import wait_until
from tests.integration.clock import Clock
from tests.integration.store.samples import (
    assist,
    block,
    claim,
    finding,
    lose_all_attempts,
    opened,
    running,
    state,
)
from workers import EphemeralWorker

LEASE = 2  # seconds
QUEUE = "outside"
ROOT = Path(__file__).parents[2]
CLAIMS = f"""
import gc, sys
from workers import EphemeralWorker
worker = EphemeralWorker()
print(worker.claim_task("{QUEUE}", timeout=20)["task_id"], flush=True)
"""
FORGETS = """
del worker
gc.collect()
"""
WAITS = """
sys.stdin.read()
"""


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"lease": LEASE})


@pytest.fixture(autouse=True)
def installation(settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process's settings are the test's, and so are the app's queues."""
    for name, value in environment(settings).items():
        monkeypatch.setenv(name, value)
    current.cache_clear()
    asked = configuration(current())
    before = {name: app.conf[name] for name in asked}
    app.conf.update(asked)
    yield
    app.conf.update(before)
    current.cache_clear()
    for left in ("_kombu*", "unacked*", f"{QUEUE}*"):  # Celery's own
        for key in store.client.scan_iter(f"{settings.namespace}:{left}"):
            store.client.delete(key)


@pytest.fixture
def brief(store: Store) -> Brief:
    return opened(store, running(store))[0]


@pytest.fixture
def worker() -> Iterator[EphemeralWorker]:
    made = EphemeralWorker()
    yield made
    made.close()


def send(brief: Brief) -> None:
    """Put the brief's message on the outside workers' queue."""
    with app.connection_for_write() as connection:
        app.send_task(queues.TASK_RESEARCH, args=(brief.brief_id,), queue=QUEUE, connection=connection)


def standing(store: Store, brief: Brief) -> Standing:
    return store.briefs.standings([brief.brief_id])[0]


@contextmanager
def process(settings: Settings, program: str) -> Iterator["subprocess.Popen[str]"]:
    """One that runs a program and then waits, until it is killed."""
    started = subprocess.Popen(
        [sys.executable, "-c", program + WAITS],
        env=environment(settings),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with started:
        try:
            yield started
        finally:
            started.kill()


def told(process: "subprocess.Popen[str]") -> str:
    """The next line that a process prints."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_task_that_takes_longer_than_its_lease_stays_its_worker_s(
    store: Store, brief: Brief, worker: EphemeralWorker
) -> None:
    send(brief)
    assert worker.claim_task(QUEUE, timeout=20)
    first = standing(store, brief).lease_until
    wait_until(lambda: standing(store, brief).lease_until > first + LEASE, "the lease is kept")
    assert not store.briefs.expire(brief.brief_id)
    assert store.briefs.claim(brief.brief_id, "second").outcome is Claiming.HELD
    reported = worker.report_finding({"summary": "Because."})
    assert store.runs.finding(reported).attempts == 1


def test_the_task_of_a_process_that_is_killed_is_another_s_after_its_lease(
    store: Store, settings: Settings, brief: Brief
) -> None:
    send(brief)
    with process(settings, CLAIMS) as holder:
        assert told(holder) == brief.brief_id
        first = standing(store, brief).lease_until
        wait_until(lambda: standing(store, brief).lease_until > first, "its heart beats")
        holder.kill()
    wait_until(lambda: store.briefs.expire(brief.brief_id), "the lease ends")


def test_a_task_that_was_spawned_is_claimed_again_when_its_worker_was_killed(
    store: Store, settings: Settings, worker: EphemeralWorker
) -> None:
    shard = SwarmMemoryShard(specialization="original")
    shard.load_context("The key of the lighthouse hangs in the harbour office.\n", "KEYS.md")
    spawned = shard.spawn_worker_task(QUEUE, "Research: the key", {"query": "Where is the key?"})
    with process(settings, CLAIMS) as holder:
        assert told(holder) == spawned
        holder.kill()
    again = worker.claim_task(QUEUE, timeout=20)
    assert again is not None
    assert again["task_id"] == spawned
    reported = worker.report_finding({"summary": "In the harbour office."})
    assert [each["finding_id"] for each in shard.get_all_findings(QUEUE)] == [reported]
    assert worker.claim_task(QUEUE) is None
    assert store.client.scard(Keys(settings.namespace).spawned()) == 0


def test_the_task_of_a_worker_that_is_garbage_is_another_s_after_its_lease(
    store: Store, settings: Settings, brief: Brief
) -> None:
    send(brief)
    with process(settings, CLAIMS + FORGETS) as holder:
        assert told(holder) == brief.brief_id
        wait_until(lambda: store.briefs.expire(brief.brief_id), "the lease ends")


def test_a_worker_that_is_closed_gives_its_task_back(store: Store, brief: Brief) -> None:
    send(brief)
    worker = EphemeralWorker()
    assert worker.claim_task(QUEUE, timeout=20)
    worker.close()
    assert state(store, brief) is BriefState.WAITING
    wait_until(no_heartbeat, "the heart stops")


def test_a_task_whose_start_failed_is_given_back(
    store: Store, settings: Settings, brief: Brief, worker: EphemeralWorker
) -> None:
    send(brief)
    key = Keys(settings.namespace).run(brief.run_id)
    run = store.client.getdel(key)
    with pytest.raises(UnknownError):
        worker.claim_task(QUEUE, timeout=20)
    assert state(store, brief) is BriefState.WAITING
    store.client.set(key, str(run), ex=60)
    assert worker.claim_task(QUEUE, timeout=20)


def test_a_report_that_comes_second_is_an_error_and_the_first_stands(
    store: Store, brief: Brief, worker: EphemeralWorker
) -> None:
    send(brief)
    assert worker.claim_task(QUEUE, timeout=20)
    store.briefs.report(brief, finding(brief, "faster"))
    with pytest.raises(ClaimError, match="reported by another worker first"):
        worker.report_finding({"summary": "Too late."})
    assert [each.worker_id for each in store.runs.findings(brief.run_id)] == ["faster"]
    with pytest.raises(ClaimError, match="No task is claimed"):
        worker.report_finding({"summary": "Again."})


def test_a_report_whose_answer_was_lost_may_be_sent_again(
    store: Store, brief: Brief, worker: EphemeralWorker
) -> None:
    send(brief)
    assert worker.claim_task(QUEUE, timeout=20)
    stored = finding(brief, worker.worker_id).model_copy(update={"attempts": 1})
    store.briefs.report(brief, stored)
    assert worker.report_finding({"summary": "Because."}) == stored.finding_id


def test_a_worker_whose_run_is_cancelled_holds_nothing_once_it_has_tried_to_report(
    store: Store, brief: Brief, worker: EphemeralWorker
) -> None:
    send(brief)
    assert worker.claim_task(QUEUE, timeout=20)
    store.runs.move(brief.run_id, {RunState.RUNNING}, RunState.CANCELLED)
    with pytest.raises(ClaimError, match="Nothing was stored"):
        worker.report_finding({"summary": "Because."})
    wait_until(no_heartbeat, "the heart stops")
    assert worker.claim_task(QUEUE) is None


def test_a_task_that_had_all_of_its_attempts_is_a_failed_finding_and_nobody_s(
    store: Store, settings: Settings, brief: Brief, worker: EphemeralWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr(briefs, "time", clock)
    lose_all_attempts(store, settings, brief, clock)
    send(brief)
    assert worker.claim_task(QUEUE, timeout=2) is None
    (made,) = store.runs.findings(brief.run_id)
    assert (made.kind, made.worker_id) == (Kind.FAILED, worker.worker_id)
    assert "each time its worker was lost" in made.summary
    assert store.client.zcard(f"{settings.namespace}:unacked_index") == 0


def test_a_task_that_was_helped_by_another_shard_may_cite_what_that_holds(
    store: Store, brief: Brief, worker: EphemeralWorker
) -> None:
    elsewhere = SwarmMemoryShard(specialization="elsewhere")
    elsewhere.load_context("The key of the lighthouse hangs in the harbour office.\n", "KEYS.md")
    claim(store, brief)
    block(store, brief)
    one = assist(brief, 1, strategy=Strategy.SHARD, shards=("elsewhere",))
    store.blockers.offer(brief, [one])
    store.assists.claim(one.assist_id, "helper")
    found = Draft(kind=Kind.CLAIM, summary="In the harbour office.", confidence=0.5)
    store.assists.solve(brief, Solution(assist=one, worker="helper", draft=found), 1)
    send(brief)
    assert worker.claim_task(QUEUE, timeout=20)
    source = {"path": "KEYS.md", "start": 1, "end": 1, "quote": "hangs in the harbour office"}
    reported = worker.report_finding({"summary": "In the harbour office.", "sources": [source]})
    assert [each.verdict for each in store.runs.finding(reported).citations] == [Verdict.VERIFIED]


def no_heartbeat() -> bool:
    return all(thread.name != "claims" for thread in threading.enumerate())
