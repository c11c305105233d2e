"""A brief moves as ARCHITECTURE.md draws it, and in no other way."""

from collections.abc import Callable, Sequence
from itertools import product

from swarm_app.contracts.ids import brief_id
from swarm_app.contracts.research import Brief, Kind
from swarm_app.contracts.run import BriefState, RunState
from swarm_app.errors import ClaimError
from swarm_app.store.briefs import Standing
from swarm_app.store.store import Store
from tests.drawing import arrows
from tests.integration.clock import Clock
from tests.integration.store.samples import block, claim, conclude, finding, opened, running

Act = Callable[[Store, Brief], object]


def second(store: Store, brief: Brief) -> None:
    """A straggler is claimed once more."""
    store.briefs.hedge(brief.brief_id)
    claim(store, brief, "second")


def revoke(store: Store, brief: Brief) -> None:
    store.briefs.report(brief, finding(brief, kind=Kind.FAILED))


def go_on(store: Store, brief: Brief) -> None:
    """The run is stopped at a limit, and its pass goes on."""
    conclude(store, brief.run_id)
    store.runs.move(brief.run_id, {RunState.RUNNING}, RunState.STOPPED, reason="max_briefs")
    store.passes.reopen(brief.run_id)
    store.runs.move(brief.run_id, {RunState.STOPPED}, RunState.RUNNING)


ACTS: dict[str, Act] = {
    "claim": claim,
    "second": second,
    "renew": lambda store, brief: store.briefs.renew(brief.brief_id, 1),
    "release": lambda store, brief: store.briefs.release(brief.brief_id, 1),
    "block": block,
    "give_up": lambda store, brief: store.assists.give_up(brief.brief_id, "nobody can"),
    "report": lambda store, brief: store.briefs.report(brief, finding(brief)),
    "revoke": revoke,
    "go_on": go_on,
}
WAYS: dict[BriefState, Sequence[str]] = {
    BriefState.WAITING: (),
    BriefState.CLAIMED: ("claim",),
    BriefState.BLOCKED: ("claim", "block"),
    BriefState.REPORTED: ("claim", "revoke"),
}


def standing(store: Store, brief: Brief) -> Standing:
    return store.briefs.standings([brief.brief_id])[0]


def moved(store: Store, brief: Brief, way: Sequence[str], act: str) -> tuple[str, str] | None:
    """From where to where an act moves a brief that went this way; None if it stays as it was."""
    for step in way:
        ACTS[step](store, brief)
    before = standing(store, brief)
    try:
        ACTS[act](store, brief)
    except ClaimError:
        return None
    after = standing(store, brief)
    same = (before.state, before.attempts) == (after.state, after.attempts)
    return None if same else (before.state.value, after.state.value)


def writing(store: Store) -> Brief:
    """A brief of a model that is to write what a pass came to: the only kind that is asked for again."""
    run = running(store)
    written_about, _ = opened(store, run)
    brief = written_about.model_copy(update={"brief_id": brief_id(run.run_id, 1, 0), "number": 0})
    store.briefs.put([brief])
    store.writings.open(brief)
    return brief


def test_a_brief_moves_just_as_it_is_drawn(store: Store, clock: Clock) -> None:
    tried = product(WAYS.values(), ACTS)
    assert {moved(store, writing(store), *each) for each in tried} - {None} == arrows("A brief")
