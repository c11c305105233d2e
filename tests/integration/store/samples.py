"""A run under way with one open pass, and what its workers report."""

import time

from swarm_app.contracts.assist import Assist, Blockage
from swarm_app.contracts.help import Obstacle, Strategy
from swarm_app.contracts.ids import assist_id, brief_id, finding_id, new_run_id
from swarm_app.contracts.limits import Limit
from swarm_app.contracts.plan import PassSpec, Plan, Role
from swarm_app.contracts.research import Brief, Conclusion, Finding, Kind, Synthesis
from swarm_app.contracts.run import BriefState, Progress, Run, RunState
from swarm_app.settings import Settings
from swarm_app.store.blockers import Blocking
from swarm_app.store.briefs import Claiming, Renewal
from swarm_app.store.passes import Closed
from swarm_app.store.store import Store
from tests.integration.clock import Clock

PLACE = {"group": "g", "group_index": 3, "chord": None}  # of a message in its chord
SPEC = PassSpec(name="Only", role=Role.SIGNAL, workers=2)


def running(store: Store, **limits: float | None) -> Run:
    run = Run(
        run_id=new_run_id(),
        question="Why?",
        plan=Plan(name="tiny", summary="One pass.", passes=(SPEC,)),
        engine="none",
        shards=("s",),
        **{"deadline_s": 1000.0, **limits},
        queued_at=time.time(),
    )
    store.runs.create(run)
    store.runs.move(run.run_id, {RunState.QUEUED}, RunState.RUNNING)
    return run


def opened(store: Store, run: Run, withheld: tuple[int, ...] = ()) -> tuple[Brief, Brief]:
    """The briefs of the run's pass, which is open; those of the ``withheld`` numbers are not given out."""
    first, second = _brief(run, 1), _brief(run, 2)
    store.briefs.put([first, second])
    store.passes.open(run.run_id, 1, SPEC, 2, withheld=withheld, limit=Limit.MAX_BRIEFS)
    return first, second


def finding(brief: Brief, worker: str = "first", kind: Kind = Kind.CLAIM) -> Finding:
    return Finding(
        kind=kind,
        summary="Because.",
        confidence=0.5,
        finding_id=finding_id(brief.brief_id),
        run_id=brief.run_id,
        brief_id=brief.brief_id,
        pass_number=brief.pass_number,
        worker_id=worker,
        engine="none",
        reported_at=time.time(),
    )


def synthesis(run_id: str, at: float = 0.0) -> Synthesis:
    return Synthesis(
        run_id=run_id, pass_number=1, pass_name="Only", role=Role.SIGNAL, summary="Known.", at=at
    )


def told(run_id: str, summary: str = "Known.") -> Conclusion:
    return Conclusion(run_id=run_id, pass_number=1, pass_name="Only", summary=summary)


def conclude(store: Store, run_id: str) -> bool:
    """Close the run's pass, and conclude it."""
    return store.passes.conclude(synthesis(run_id, close(store, run_id).at), told(run_id))


def close(store: Store, run_id: str) -> Closed:
    """End the run's pass, whenever it was opened."""
    ended = store.passes.close(run_id, 1, store.passes.opened_at(run_id, 1))
    assert ended
    return ended


def progress(store: Store, brief: Brief) -> Progress:
    return store.runs.progress(brief.run_id)


def state(store: Store, brief: Brief) -> BriefState:
    return store.briefs.standings([brief.brief_id])[0].state


def claim(store: Store, brief: Brief, worker: str = "first") -> Claiming:
    return store.briefs.claim(brief.brief_id, worker).outcome


def lose_all_attempts(store: Store, settings: Settings, brief: Brief, clock: Clock) -> None:
    """Worker after worker claims the brief, and is never heard of again."""
    for _ in range(settings.attempts):
        assert claim(store, brief) is Claiming.GRANTED
        clock.pass_by(settings.lease)
        store.briefs.expire(brief.brief_id)


def renew(store: Store, brief: Brief, attempt: int) -> Renewal:
    return store.briefs.renew(brief.brief_id, attempt)


def events(store: Store, brief: Brief) -> list[str]:
    return [event.type for event in store.events.read(brief.run_id)]


def _brief(run: Run, number: int) -> Brief:
    return Brief(
        brief_id=brief_id(run.run_id, 1, number),
        run_id=run.run_id,
        pass_number=1,
        pass_name="Only",
        number=number,
        of=2,
        role=Role.SIGNAL,
        engine="none",
        question="Why?",
        angle=f"reason {number}",
    )


def block(store: Store, brief: Brief, attempt: int = 1) -> Blocking:
    told = {"brief_id": brief.brief_id, "worker": "first", "details": "Stuck.", "at": 1.0}
    blockage = Blockage.model_validate(told | {"obstacle": Obstacle.TOO_LARGE})
    return store.blockers.block(brief, attempt, blockage, PLACE)


def assist(brief: Brief, number: int, **particular: object) -> Assist:
    told = {"assist_id": assist_id(brief.brief_id, number), "brief_id": brief.brief_id, "number": number}
    return Assist.model_validate(told | {"strategy": Strategy.ENGINE} | particular)
