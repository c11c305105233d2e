"""A pass that a limit cut short, and that goes on when its run is resumed."""

from swarm_app.contracts.research import Brief
from swarm_app.contracts.run import Run, RunState
from swarm_app.store.briefs import Claiming
from swarm_app.store.store import Store
from tests.integration.store.samples import claim, close, conclude, events, finding, synthesis, told


def stopped(store: Store, run: Run) -> None:
    store.runs.move(run.run_id, {RunState.RUNNING}, RunState.STOPPED, reason="max_briefs")


def going(store: Store, run: Run) -> None:
    store.runs.move(run.run_id, {RunState.STOPPED}, RunState.RUNNING)


def test_a_pass_that_was_cut_short_goes_on_and_what_it_has_stands(
    store: Store, run: Run, brief: Brief
) -> None:
    claim(store, brief)
    store.briefs.report(brief, finding(brief))
    conclude(store, run.run_id)
    stopped(store, run)
    assert store.passes.reopen(run.run_id)
    assert not store.passes.reopen(run.run_id)
    going(store, run)
    assert (store.passes.syntheses(run.run_id), store.conclusions.read(run.run_id, [1])) == ([], [])
    assert claim(store, brief) is Claiming.REPORTED
    assert store.briefs.claim(f"{run.run_id}.1.2", "second").outcome is Claiming.GRANTED
    assert "pass.reopened" in events(store, brief)


def test_who_concluded_a_pass_as_it_was_before_it_went_on_stores_nothing(
    store: Store, run: Run, brief: Brief
) -> None:
    slow = close(store, run.run_id)
    conclude(store, run.run_id)
    stopped(store, run)
    assert store.passes.reopen(run.run_id)
    going(store, run)
    assert not store.passes.conclude(synthesis(run.run_id, slow.at), told(run.run_id))
    assert close(store, run.run_id).at > slow.at
    assert not store.passes.conclude(synthesis(run.run_id, slow.at), told(run.run_id))
    assert conclude(store, run.run_id)


def test_who_found_a_pass_at_its_end_before_it_went_on_does_not_end_it(
    store: Store, run: Run, brief: Brief
) -> None:
    before = store.passes.opened_at(run.run_id, 1)
    conclude(store, run.run_id)
    stopped(store, run)
    assert store.passes.reopen(run.run_id)
    assert store.passes.close(run.run_id, 1, before) is None
    assert not store.passes.is_closed(run.run_id, 1)


def test_a_pass_stays_concluded_while_its_run_goes_on_or_once_the_next_is_open(
    store: Store, run: Run, brief: Brief
) -> None:
    conclude(store, run.run_id)
    assert not store.passes.reopen(run.run_id)
    stopped(store, run)
    store.passes.open(run.run_id, 2, run.plan.passes[0], 2)
    assert not store.passes.reopen(run.run_id)


def test_a_pass_in_which_all_is_done_stays_concluded(store: Store, run: Run, brief: Brief) -> None:
    for place in (1, 2):
        (each,) = store.briefs.get([f"{run.run_id}.1.{place}"])
        claim(store, each)
        store.briefs.report(each, finding(each))
    ended = close(store, run.run_id)
    found = tuple(each.finding_id for each in store.runs.findings(run.run_id))
    whole = synthesis(run.run_id, ended.at).model_copy(update={"findings": found})
    assert store.passes.conclude(whole, told(run.run_id))
    stopped(store, run)
    assert not store.passes.reopen(run.run_id)
