"""Forty briefs that ask a model the same: one call, whoever makes it."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from llmock.scenarios import Delay, Fail

from swarm_app.claims import Claims
from swarm_app.contracts.ids import brief_id, new_run_id
from swarm_app.contracts.plan import PassSpec, Plan, Role
from swarm_app.contracts.research import Brief, Draft, Kind
from swarm_app.contracts.run import Run, RunState
from swarm_app.embedded.start import environment
from swarm_app.settings import Settings
from swarm_app.store.store import Store
from tasks.discoveries import StoreLog
from tests.acceptance.stack_helpers import wait_until
from tests.integration.models.briefs import BRIEF, Borrowed
from tests.vendors.server import Vendors
from workers.engine import load

MANY = 40
ENGINE = "openai:gpt-5-mini"
CALLS = 2  # of one brief: it searches, and hands in
LEASE = 2  # seconds
ROOT = Path(__file__).parents[3]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"lease": LEASE})


@pytest.fixture
def claims(monkeypatch: pytest.MonkeyPatch) -> Claims:
    monkeypatch.setenv("SWARM_LEASE", str(LEASE))
    return Claims()


def queued(store: Store, briefs: int) -> list[Brief]:
    """A run under way whose briefs are all the same but for their ids."""
    spec = PassSpec(name="Same", role=Role.SIGNAL, workers=briefs)
    run = Run(
        run_id=new_run_id(),
        question=BRIEF.question,
        plan=Plan(name="same", summary="One pass.", passes=(spec,)),
        engine=ENGINE,
        shards=("s",),
        queued_at=time.time(),
    )
    store.runs.create(run)
    store.runs.move(run.run_id, {RunState.QUEUED}, RunState.RUNNING)
    same = [
        BRIEF.model_copy(update={"run_id": run.run_id, "brief_id": brief_id(run.run_id, 1, number)})
        for number in range(1, briefs + 1)
    ]
    store.briefs.put(same)
    store.passes.open(run.run_id, 1, spec, briefs)
    return same


def do(store: Store, claims: Claims, brief: Brief) -> tuple[Draft, Borrowed]:
    """Claim a brief and have the model do it."""
    claimed = store.briefs.claim(brief.brief_id, "here")
    assert claimed.brief is not None
    renew = partial(store.briefs.renew, brief.brief_id, claimed.attempts)
    with claims.holding(claimed.brief, claimed.attempts, renew) as held:
        context = Borrowed(remaining=60.0)
        context.log = StoreLog(store, held)
        return load(ENGINE).investigate(claimed.brief, context), context


def all_at_once(store: Store, claims: Claims, briefs: Sequence[Brief]) -> Iterator[tuple[Draft, Borrowed]]:
    with ThreadPoolExecutor(MANY) as pool:
        yield from pool.map(lambda brief: do(store, claims, brief), briefs)


def answered(server: Vendors) -> int:
    return sum(record.status == 200 for record in server.state.journal.records())


def test_forty_same_briefs_cost_one_and_each_has_its_draft(
    server: Vendors, store: Store, claims: Claims
) -> None:
    briefs = queued(store, MANY)
    done = list(all_at_once(store, claims, briefs))
    assert {draft.kind for draft, _ in done} == {Kind.CLAIM}
    assert answered(server) == CALLS
    counted = store.discoveries.counted(briefs[0].run_id)
    assert (counted.call.hits, counted.call.misses) == (CALLS * (MANY - 1), CALLS)
    paid = [draft for draft, _ in done if draft.receipt and draft.receipt.calls]
    taken = sum(draft.input_tokens + draft.output_tokens for draft, _ in done)
    assert taken == sum(draft.input_tokens + draft.output_tokens for draft in paid)
    assert counted.saved_tokens == (MANY - 1) * taken


def test_a_shared_answer_costs_nothing_reserves_nothing_and_its_receipt_says_so(
    server: Vendors, store: Store, claims: Claims
) -> None:
    first, second = queued(store, 2)
    do(store, claims, first)
    draft, context = do(store, claims, second)
    assert draft.receipt is not None
    assert (draft.receipt.calls, draft.receipt.shared) == (0, CALLS)
    assert (draft.input_tokens, draft.cost_usd) == (0, 0.0)
    assert draft.receipt.saved_tokens > 0
    assert draft.receipt.saved_usd > 0.0
    assert context.meter.calls == []


def test_two_same_briefs_of_two_runs_at_once_cost_one(server: Vendors, store: Store, claims: Claims) -> None:
    server.script.add(Delay(1.0, times=None))
    (first,), (second,) = queued(store, 1), queued(store, 1)
    done = list(all_at_once(store, claims, [first, second]))
    assert {draft.kind for draft, _ in done} == {Kind.CLAIM}
    assert answered(server) == CALLS


def test_a_run_that_asks_later_has_an_answer_of_its_own(
    server: Vendors, store: Store, claims: Claims
) -> None:
    (first,), (second,) = queued(store, 1), queued(store, 1)
    do(store, claims, first)
    do(store, claims, second)
    assert answered(server) == 2 * CALLS


def test_a_call_that_fails_for_one_fails_nobody_else(server: Vendors, store: Store, claims: Claims) -> None:
    server.script.add(Fail(400, times=1))
    briefs = queued(store, 5)
    with ThreadPoolExecutor(5) as pool:
        tried = [pool.submit(do, store, claims, brief) for brief in briefs]
    drafts = [each.result()[0] for each in tried if each.exception() is None]
    assert [draft.kind for draft in drafts] == [Kind.CLAIM] * 4
    assert answered(server) == CALLS


def test_the_worker_whose_call_is_in_the_air_is_killed_and_everyone_is_answered(
    server: Vendors, store: Store, claims: Claims, settings: Settings, tmp_path: Path
) -> None:
    """Forty briefs; one worker of its own has its call in the air, the others wait for it; SIGKILL."""
    server.script.add(Delay(30.0, times=1))
    lonely, *others = queued(store, MANY)
    with ExitStack() as stack:
        killed = stack.enter_context(_process(settings, server, tmp_path, lonely))
        assert killed.stdout is not None
        killed.stdout.readline()  # what it imports takes longer than anything else here
        wait_until(lambda: server.state.journal.in_flight == 1, "its call is in the air")
        pool = stack.enter_context(ThreadPoolExecutor(MANY))
        waiting = [pool.submit(do, store, claims, brief) for brief in others]
        wait_until(lambda: _claimed(store, others), "the others have begun")
        killed.kill()
        done = [each.result(timeout=60) for each in waiting]
    assert {draft.kind for draft, _ in done} == {Kind.CLAIM}
    assert len(server.script.asked) == 1 + CALLS
    assert store.discoveries.counted(lonely.run_id).call.misses == 1 + CALLS


def _claimed(store: Store, briefs: Sequence[Brief]) -> bool:
    return all(each.attempts for each in store.briefs.standings([brief.brief_id for brief in briefs]))


def _process(settings: Settings, server: Vendors, folder: Path, brief: Brief) -> "subprocess.Popen[bytes]":
    accounts = folder / "lonely.toml"
    accounts.write_text(server.tables.replace("timeout_s = 5.0", "timeout_s = 60.0"), "utf-8")
    return subprocess.Popen(
        [sys.executable, "-m", "tests.integration.models.lonely", brief.brief_id],
        env=environment(settings) | {"SWARM_MODELS": str(accounts), "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
