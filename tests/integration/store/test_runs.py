import json
import time

import pytest

from swarm_app.contracts.ids import brief_id, finding_id, new_run_id
from swarm_app.contracts.plan import PassSpec, Plan, Role
from swarm_app.contracts.research import Brief, Finding, Kind
from swarm_app.contracts.run import BriefState, Run, RunState
from swarm_app.errors import ClaimError, UnknownError
from swarm_app.store.briefs import Claiming
from swarm_app.store.store import Store
from tests.integration.store.samples import conclude, told

PLAN = Plan(name="tiny", summary="One pass.", passes=(PassSpec(name="Only", role=Role.SIGNAL, workers=2),))


@pytest.fixture
def run(store: Store) -> Run:
    run = Run(
        run_id=new_run_id(), question="Why?", plan=PLAN, engine="none", shards=("s",), queued_at=time.time()
    )
    store.runs.create(run)
    return run


@pytest.fixture
def brief(store: Store, run: Run) -> Brief:
    brief = Brief(
        brief_id=brief_id(run.run_id, 1, 1),
        run_id=run.run_id,
        pass_number=1,
        pass_name="Only",
        number=1,
        of=2,
        role=Role.SIGNAL,
        engine="none",
        question="Why?",
        angle="the reason",
    )
    store.runs.move(run.run_id, {RunState.QUEUED}, RunState.RUNNING)
    store.briefs.put([brief])
    store.passes.open(run.run_id, 1, PLAN.passes[0], 2)
    return brief


def finding(brief: Brief, *, kind: Kind = Kind.CLAIM, worker: str = "w") -> Finding:
    return Finding(
        kind=kind,
        summary="Because.",
        confidence=0.5,
        finding_id=finding_id(brief.brief_id),
        run_id=brief.run_id,
        brief_id=brief.brief_id,
        pass_number=1,
        worker_id=worker,
        engine="none",
        reported_at=time.time(),
    )


def types(store: Store, run_id: str) -> list[str]:
    return [event.type for event in store.events.read(run_id)]


def test_a_new_run_is_queued_and_active(store: Store, run: Run) -> None:
    assert store.runs.progress(run.run_id).state is RunState.QUEUED
    assert store.runs.active() == [run.run_id]
    assert store.runs.latest() == [run.run_id]


def test_a_run_moves_only_from_a_state_that_was_expected(store: Store, run: Run) -> None:
    assert not store.runs.move(run.run_id, {RunState.RUNNING}, RunState.DONE)
    assert store.runs.move(run.run_id, {RunState.QUEUED}, RunState.RUNNING)
    assert store.runs.progress(run.run_id).state is RunState.RUNNING


def test_an_ended_run_is_not_active_and_a_resumed_one_is(store: Store, run: Run) -> None:
    store.runs.move(run.run_id, {RunState.QUEUED}, RunState.STOPPED, reason="interrupted")
    assert store.runs.active() == []
    assert store.runs.progress(run.run_id).stop_reason == "interrupted"
    store.runs.move(run.run_id, {RunState.STOPPED}, RunState.RUNNING)
    assert store.runs.active() == [run.run_id]
    assert store.runs.progress(run.run_id).stop_reason is None


def test_a_run_that_expired_under_way_is_no_longer_active(store: Store, run: Run) -> None:
    store.client.delete(store._keys.run(run.run_id))
    assert store.runs.active() == []
    assert not store.client.exists(store._keys.active())


def test_an_unknown_run_is_an_error(store: Store) -> None:
    with pytest.raises(UnknownError, match="run_nope"):
        store.runs.get("run_nope")


def test_the_beginning_of_an_id_finds_its_run(store: Store, run: Run) -> None:
    assert store.runs.resolve(run.run_id[:9]) == run.run_id
    assert store.runs.resolve(run.run_id.removeprefix("run_")) == run.run_id


def test_a_claim_gives_the_brief_and_counts_the_attempt(store: Store, brief: Brief) -> None:
    claimed = store.briefs.claim(brief.brief_id, "w")
    assert (claimed.outcome, claimed.brief, claimed.attempts) == (Claiming.GRANTED, brief, 1)
    assert store.runs.progress(brief.run_id).executed == 1


def test_a_claimed_brief_is_held_until_its_lease_ends(store: Store, brief: Brief) -> None:
    store.briefs.claim(brief.brief_id, "w")
    assert store.briefs.claim(brief.brief_id, "x").outcome is Claiming.HELD


def test_a_brief_of_a_run_that_is_not_running_is_not_given_out(store: Store, brief: Brief) -> None:
    store.runs.move(brief.run_id, {RunState.RUNNING}, RunState.STOPPED, reason="interrupted")
    assert store.briefs.claim(brief.brief_id, "w").outcome is Claiming.ENDED


def test_an_unknown_brief_is_not_given_out(store: Store, run: Run) -> None:
    assert store.briefs.claim(f"{run.run_id}.9.9", "w").outcome is Claiming.UNKNOWN


def test_a_report_stores_the_finding_and_closes_the_brief(store: Store, brief: Brief) -> None:
    store.briefs.claim(brief.brief_id, "w")
    assert store.briefs.report(brief, finding(brief)) == 1
    assert store.runs.findings(brief.run_id) == [
        finding(brief).model_copy(update={"reported_at": store.runs.findings(brief.run_id)[0].reported_at})
    ]
    assert [each.state for each in store.briefs.standings([brief.brief_id])] == [BriefState.REPORTED]
    assert store.passes.standings(brief.run_id)[0].reported == 1


def test_the_same_brief_reported_twice_is_stored_once_and_the_first_report_stands(
    store: Store, brief: Brief
) -> None:
    store.briefs.claim(brief.brief_id, "w")
    assert store.briefs.report(brief, finding(brief, worker="first")) == 1
    assert store.briefs.report(brief, finding(brief, worker="second")) is None
    assert [found.worker_id for found in store.runs.findings(brief.run_id)] == ["first"]
    assert types(store, brief.run_id).count("brief.reported") == 1


def test_a_reported_brief_is_not_executed_again(store: Store, brief: Brief) -> None:
    store.briefs.claim(brief.brief_id, "w")
    store.briefs.report(brief, finding(brief))
    assert store.briefs.claim(brief.brief_id, "x").outcome is Claiming.REPORTED
    assert store.runs.progress(brief.run_id).reused == 1
    assert store.runs.progress(brief.run_id).executed == 1


def test_a_cancelled_run_takes_no_report(store: Store, brief: Brief) -> None:
    store.briefs.claim(brief.brief_id, "w")
    store.runs.move(brief.run_id, {RunState.RUNNING}, RunState.CANCELLED)
    with pytest.raises(ClaimError, match="ended"):
        store.briefs.report(brief, finding(brief))
    assert store.runs.findings(brief.run_id) == []


def test_an_interrupted_run_still_takes_a_report_of_work_that_was_under_way(
    store: Store, brief: Brief
) -> None:
    store.briefs.claim(brief.brief_id, "w")
    store.runs.move(brief.run_id, {RunState.RUNNING}, RunState.STOPPED, reason="interrupted")
    assert store.briefs.report(brief, finding(brief)) is not None


def test_a_failed_finding_is_counted_apart(store: Store, brief: Brief) -> None:
    store.briefs.claim(brief.brief_id, "w")
    store.briefs.report(brief, finding(brief, kind=Kind.FAILED))
    assert (
        store.passes.standings(brief.run_id)[0].reported,
        store.passes.standings(brief.run_id)[0].failed,
    ) == (0, 1)
    assert "brief.failed" in types(store, brief.run_id)


def test_putting_a_brief_again_keeps_the_one_that_is_there(store: Store, brief: Brief) -> None:
    store.briefs.claim(brief.brief_id, "w")
    store.briefs.put([brief.model_copy(update={"angle": "another"})])
    assert store.briefs.get([brief.brief_id]) == [brief]
    assert [each.state for each in store.briefs.standings([brief.brief_id])] == [BriefState.CLAIMED]


def test_a_pass_is_opened_once_and_concluded_once(store: Store, brief: Brief) -> None:
    assert not store.passes.open(brief.run_id, 1, PLAN.passes[0], 2)
    assert conclude(store, brief.run_id)
    (concluded,) = store.passes.syntheses(brief.run_id)
    other = concluded.model_copy(update={"summary": "Other."})
    assert not store.passes.conclude(other, told(brief.run_id, "Other."))
    assert store.passes.syntheses(brief.run_id) == [concluded]
    assert [json.loads(each) for each in store.conclusions.read(brief.run_id, [1])] == [
        json.loads(told(brief.run_id).model_dump_json(exclude_defaults=True))
    ]
    assert types(store, brief.run_id).count("pass.synthesised") == 1


def test_events_are_read_from_any_point_on(store: Store, brief: Brief) -> None:
    events = store.events.read(brief.run_id)
    assert [event.type for event in events] == ["run.queued", "run.started", "pass.opened"]
    assert store.events.read(brief.run_id, after=events[1].event_id) == events[2:]
