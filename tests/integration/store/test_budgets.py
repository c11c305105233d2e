"""Budgets: what a run may spend on models, whoever spends it."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from swarm_app.contracts.budget import Budget, Spending
from swarm_app.contracts.calls import Call, Landing
from swarm_app.contracts.research import Brief
from swarm_app.contracts.run import Run
from swarm_app.store.briefs import Claiming
from swarm_app.store.calls import Answer
from swarm_app.store.store import Store
from tests.integration.store.samples import opened, running


def call(number: int, cost_usd: float = 0.10, tokens: int = 1_000, engine: str = "openai:small") -> Call:
    return Call(
        call_id=f"call-{number}",
        account="openai",
        engine=engine,
        tokens=tokens,
        cost_usd=cost_usd,
        patience=30.0,
    )


def asked(store: Store, run_id: str, one: Call) -> Answer:
    return store.calls.leave(run_id, one).answer


def made(store: Store, run_id: str, one: Call, landing: Landing = Landing.ANSWERED, **took: float) -> None:
    """A call that had leave, and what it took."""
    assert asked(store, run_id, one) is Answer.GRANTED
    store.calls.landed(run_id, one, landing, **took)


@pytest.fixture
def bounded(store: Store) -> Run:
    return running(store, budget_usd=1.0)


def test_a_run_without_a_budget_spends_what_it_needs_and_it_is_counted(store: Store, run: Run) -> None:
    assert asked(store, run.run_id, call(1, cost_usd=1e6)) is Answer.GRANTED
    store.calls.landed(run.run_id, call(1), Landing.ANSWERED, tokens=700, cost_usd=0.25)
    progress = store.runs.progress(run.run_id)
    assert (progress.spent_usd, progress.spent_tokens, progress.budget_spent) == (0.25, 700, None)


def test_a_call_that_lands_twice_since_the_answer_was_lost_is_paid_once(store: Store, shared: Run) -> None:
    asked(store, shared.run_id, call(1))
    for _ in range(2):
        store.calls.landed(shared.run_id, call(1), Landing.ANSWERED, tokens=700, cost_usd=0.25)
    progress = store.runs.progress(shared.run_id)
    assert (progress.spent_usd, progress.spent_tokens) == (0.25, 700)
    assert store.budgets.spending(shared.run_id)[0].spent_usd == 0.25


def test_a_call_that_lands_after_it_counted_as_lost_is_paid(store: Store, run: Run) -> None:
    late = call(1).model_copy(update={"patience": -1.0})
    asked(store, run.run_id, late)
    asked(store, run.run_id, call(2))
    store.calls.landed(run.run_id, late, Landing.ANSWERED, cost_usd=0.25)
    assert store.runs.progress(run.run_id).spent_usd == 0.25


def test_forty_workers_at_once_set_aside_no_more_than_the_budget(store: Store, bounded: Run) -> None:
    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(lambda number: asked(store, bounded.run_id, call(number)), range(40)))
    assert answers.count(Answer.GRANTED) == 10
    assert answers.count(Answer.LATER) == 30


def test_what_was_set_aside_and_not_used_is_there_for_others(store: Store, bounded: Run) -> None:
    for number in range(10):
        asked(store, bounded.run_id, call(number))
    store.calls.landed(bounded.run_id, call(0), Landing.ANSWERED, cost_usd=0.01)
    store.calls.landed(bounded.run_id, call(1), Landing.ANSWERED, cost_usd=0.01)
    assert asked(store, bounded.run_id, call(10)) is Answer.GRANTED


def test_what_a_lost_worker_set_aside_comes_back(store: Store, bounded: Run) -> None:
    lost = call(1, cost_usd=1.0).model_copy(update={"patience": -1.0})
    asked(store, bounded.run_id, lost)
    assert asked(store, bounded.run_id, call(2, cost_usd=1.0)) is Answer.GRANTED


@pytest.mark.parametrize("kind", ["budget_usd", "budget_tokens"])
def test_a_run_whose_budget_does_not_reach_gives_out_no_more_briefs(store: Store, kind: str) -> None:
    run = running(store, **{kind: 1})
    brief: Brief = opened(store, run)[0]
    assert asked(store, run.run_id, call(1, cost_usd=2.0, tokens=2)) is Answer.SPENT
    assert store.runs.progress(run.run_id).budget_spent == kind
    assert store.briefs.claim(brief.brief_id, "worker").outcome is Claiming.SPENT


def test_a_resumed_run_may_spend_as_much_again(store: Store, bounded: Run) -> None:
    made(store, bounded.run_id, call(1), cost_usd=0.95)
    assert asked(store, bounded.run_id, call(2)) is Answer.SPENT
    store.budgets.extend(bounded, store.runs.progress(bounded.run_id))
    progress = store.runs.progress(bounded.run_id)
    assert (progress.budget_usd, progress.budget_spent) == (pytest.approx(1.95), None)
    assert asked(store, bounded.run_id, call(2)) is Answer.GRANTED


def test_a_run_that_no_budget_stopped_keeps_its_budget(store: Store, bounded: Run) -> None:
    store.budgets.extend(bounded, store.runs.progress(bounded.run_id))
    assert store.runs.progress(bounded.run_id).budget_usd == 1.0


@pytest.fixture
def shared(store: Store) -> Run:
    """A run of ten dollars, of which one may go to the small engine."""
    return running(store, budget_usd=10.0, engine_budgets={"openai:small": Budget(usd=1.0)})


def test_an_engine_whose_own_budget_is_spent_is_away_and_others_go_on(store: Store, shared: Run) -> None:
    made(store, shared.run_id, call(1), cost_usd=0.95)
    assert asked(store, shared.run_id, call(2)) is Answer.AWAY
    assert asked(store, shared.run_id, call(3, engine="openai:large")) is Answer.GRANTED
    assert store.runs.progress(shared.run_id).budget_spent is None


def test_forty_workers_at_once_set_aside_no_more_than_an_engine_s_budget(store: Store, shared: Run) -> None:
    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(lambda number: asked(store, shared.run_id, call(number)), range(40)))
    assert answers.count(Answer.GRANTED) == 10
    assert answers.count(Answer.LATER) == 30
    assert asked(store, shared.run_id, call(41, engine="openai:large")) is Answer.GRANTED


def test_what_each_engine_has_spent_is_told(store: Store, shared: Run) -> None:
    made(store, shared.run_id, call(1), cost_usd=0.25, tokens=700)
    made(store, shared.run_id, call(2), Landing.FAILED, cost_usd=0.05, tokens=100)
    assert store.budgets.spending(shared.run_id) == [
        Spending(engine="openai:small", budget_usd=1.0, spent_usd=0.3, spent_tokens=800)
    ]


def test_a_run_stopped_by_its_engines_budgets_may_spend_as_much_again(store: Store, shared: Run) -> None:
    made(store, shared.run_id, call(1), cost_usd=0.95)
    assert asked(store, shared.run_id, call(2)) is Answer.AWAY
    store.budgets.end_engines(shared.run_id)
    assert store.runs.progress(shared.run_id).budget_spent == "engine_budgets"
    store.budgets.extend(shared, store.runs.progress(shared.run_id))
    assert store.runs.progress(shared.run_id).budget_spent is None
    assert store.budgets.spending(shared.run_id)[0].budget_usd == pytest.approx(1.95)
    assert asked(store, shared.run_id, call(2)) is Answer.GRANTED
