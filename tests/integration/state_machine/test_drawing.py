"""A run moves as ARCHITECTURE.md draws it, and in no other way."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, pairwise, product

from swarm_app.contracts.run import RunState
from swarm_app.errors import UsageError
from tasks.runs import start
from tests.drawing import arrows
from tests.integration.state_machine.installation import Installation, spec
from tests.integration.state_machine.world import World

Act = Callable[[World], object]

_NAMES = {"started": RunState.RUNNING.value}  # all other events of a run are named as its states


def fail(world: World) -> None:
    """A step of the run cannot be done."""
    start.on_failure(ValueError("no"), "task", (world.run.run_id,), {}, None)


ACTS: dict[str, Act] = {
    "start": lambda world: world.drivers()["start"](),
    "end": World.come_back,
    "interrupt": lambda world: world.handle.interrupt(),
    "cancel": lambda world: world.handle.cancel(),
    "resume": World.resume,
    "fail": fail,
}
WAYS: dict[RunState, Sequence[str]] = {
    RunState.QUEUED: (),
    RunState.RUNNING: ("start",),
    RunState.DONE: ("start", "end"),
    RunState.STOPPED: ("start", "interrupt"),
    RunState.FAILED: ("start", "fail"),
    RunState.CANCELLED: ("start", "cancel"),
}


def moves(world: World, steps: Sequence[str]) -> Iterator[tuple[str, str]]:
    """From where to where a run moved that went this way, as its events tell."""
    for step in steps:
        with suppress(UsageError):  # there is nothing to resume
            ACTS[step](world)
    told = [event.type.split(".") for event in world.store.events.read(world.run.run_id)]
    return pairwise(_NAMES.get(name, name) for of, name in told if of == "run")


def test_a_run_moves_just_as_it_is_drawn(empty: Installation) -> None:
    tried = product(WAYS.values(), ACTS)
    moved = (moves(World(empty, empty.run(spec(1))), (*way, act)) for way, act in tried)
    assert set(chain.from_iterable(moved)) == arrows("A run")
