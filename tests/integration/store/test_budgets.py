"""Budgets: what a run may spend on models, whoever spends it."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from swarm_app.contracts.calls import Call
from swarm_app.contracts.research import Brief
from swarm_app.contracts.run import Run
from swarm_app.store.briefs import Claim
from swarm_app.store.budgets import Leave
from swarm_app.store.store import Store
from tests.integration.store.samples import opened, running


def call(number: int, cost_usd: float = 0.10, tokens: int = 1_000) -> Call:
    return Call(call_id=f"call-{number}", account="openai", tokens=tokens, cost_usd=cost_usd, patience=30.0)


@pytest.fixture
def bounded(store: Store) -> Run:
    return running(store, budget_usd=1.0)


def test_a_run_without_a_budget_spends_what_it_needs_and_it_is_counted(store: Store, run: Run) -> None:
    assert store.budgets.reserve(run.run_id, call(1, cost_usd=1e6)) is Leave.GRANTED
    store.budgets.settle(run.run_id, call(1), tokens=700, cost_usd=0.25)
    progress = store.runs.progress(run.run_id)
    assert (progress.spent_usd, progress.spent_tokens, progress.budget_spent) == (0.25, 700, None)


def test_forty_workers_at_once_set_aside_no_more_than_the_budget(store: Store, bounded: Run) -> None:
    with ThreadPoolExecutor(40) as pool:
        answers = list(
            pool.map(lambda number: store.budgets.reserve(bounded.run_id, call(number)), range(40))
        )
    assert answers.count(Leave.GRANTED) == 10
    assert answers.count(Leave.LATER) == 30


def test_what_was_set_aside_and_not_used_is_there_for_others(store: Store, bounded: Run) -> None:
    for number in range(10):
        store.budgets.reserve(bounded.run_id, call(number))
    store.budgets.settle(bounded.run_id, call(0), cost_usd=0.01)
    store.budgets.settle(bounded.run_id, call(1), cost_usd=0.01)
    assert store.budgets.reserve(bounded.run_id, call(10)) is Leave.GRANTED


def test_what_a_lost_worker_set_aside_comes_back(store: Store, bounded: Run) -> None:
    lost = call(1, cost_usd=1.0).model_copy(update={"patience": -1.0})
    store.budgets.reserve(bounded.run_id, lost)
    assert store.budgets.reserve(bounded.run_id, call(2, cost_usd=1.0)) is Leave.GRANTED


@pytest.mark.parametrize("kind", ["budget_usd", "budget_tokens"])
def test_a_run_whose_budget_does_not_reach_gives_out_no_more_briefs(store: Store, kind: str) -> None:
    run = running(store, **{kind: 1})
    brief: Brief = opened(store, run)[0]
    assert store.budgets.reserve(run.run_id, call(1, cost_usd=2.0, tokens=2)) is Leave.SPENT
    assert store.runs.progress(run.run_id).budget_spent == kind
    assert store.briefs.claim(brief.brief_id, "worker").outcome is Claim.SPENT


def test_a_resumed_run_may_spend_as_much_again(store: Store, bounded: Run) -> None:
    store.budgets.settle(bounded.run_id, call(1), cost_usd=0.95)
    assert store.budgets.reserve(bounded.run_id, call(2)) is Leave.SPENT
    store.budgets.extend(bounded, store.runs.progress(bounded.run_id))
    progress = store.runs.progress(bounded.run_id)
    assert (progress.budget_usd, progress.budget_spent) == (pytest.approx(1.95), None)
    assert store.budgets.reserve(bounded.run_id, call(2)) is Leave.GRANTED


def test_a_run_that_no_budget_stopped_keeps_its_budget(store: Store, bounded: Run) -> None:
    store.budgets.extend(bounded, store.runs.progress(bounded.run_id))
    assert store.runs.progress(bounded.run_id).budget_usd == 1.0
