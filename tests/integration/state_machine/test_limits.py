"""A run that reaches its deadline or its cap on briefs, and is resumed."""

import pytest

from swarm_app.contracts.allocation import Withheld
from swarm_app.contracts.help import Obstacle
from swarm_app.contracts.run import PassProgress, RunState
from tests.integration.state_machine.installation import Installation, spec
from tests.integration.state_machine.promises import Promises
from tests.integration.state_machine.world import World


def worked_on(world: World) -> World:
    """Every worker does what it is given, until the run has ended."""
    world.deliver_to_shard()
    world.deliver_to_workers(world.report)
    world.come_back()
    return world


def stands(world: World) -> tuple[RunState, str | None]:
    return world.state, world.progress().stop_reason


def test_a_run_whose_cap_cuts_its_last_pass_short_is_stopped_and_not_done(empty: Installation) -> None:
    world = worked_on(World(empty, empty.run(spec(3), max_briefs=2)))
    assert stands(world) == (RunState.STOPPED, "max_briefs")


def test_a_run_that_ends_with_its_cap_is_done(empty: Installation) -> None:
    world = worked_on(World(empty, empty.run(spec(2), max_briefs=2)))
    assert stands(world) == (RunState.DONE, None)


def test_a_run_that_reached_its_cap_gets_as_much_again_when_it_is_resumed(empty: Installation) -> None:
    world = worked_on(World(empty, empty.run(spec(2), spec(2), spec(2), max_briefs=2)))
    assert stands(world) == (RunState.STOPPED, "max_briefs")
    world.resume()
    assert stands(worked_on(world)) == (RunState.STOPPED, "max_briefs")
    assert world.progress().executed == 4
    world.resume()
    assert stands(worked_on(world)) == (RunState.DONE, None)


def test_a_run_that_reached_its_deadline_gets_as_much_again_when_it_is_resumed(empty: Installation) -> None:
    world = World(empty, empty.run(spec(2), spec(2), deadline_s=60.0))
    world.deliver_to_shard()
    world.clock.pass_by(61.0)
    assert stands(worked_on(world)) == (RunState.STOPPED, "deadline")
    world.resume()
    world.deliver_to_shard()
    world.deliver_to_workers(world.report)
    world.deliver_to_shard()
    assert world.progress().executed == 2


def test_an_interrupted_run_is_resumed_with_what_is_left_of_its_cap(empty: Installation) -> None:
    world = World(empty, empty.run(spec(2), spec(2), max_briefs=3))
    world.deliver_to_shard()
    world.handle.interrupt()
    world.resume()
    assert stands(worked_on(world)) == (RunState.STOPPED, "max_briefs")
    assert world.progress().executed == 3


def test_a_pass_that_its_cap_cut_short_goes_on_when_the_run_is_resumed(empty: Installation) -> None:
    world = worked_on(World(empty, empty.run(spec(2), spec(4), max_briefs=4)))
    assert stands(world) == (RunState.STOPPED, "max_briefs")
    assert [each.reported for each in passes(world)] == [2, 2]
    world.resume()
    assert stands(worked_on(world)) == (RunState.DONE, None)
    assert [each.reported for each in passes(world)] == [2, 4]
    assert set(world.ledger.executed.values()) == {1}
    assert len(world.store.passes.syntheses(world.run.run_id)[1].findings) == 4


@pytest.mark.parametrize("call", range(1, 30))
def test_a_driver_that_was_slow_when_its_run_stopped_does_not_cut_the_pass_short_again(
    empty: Installation, call: int
) -> None:
    world = World(empty, empty.run(spec(3), max_briefs=2))
    world.deliver_to_shard()
    world.deliver_to_workers(world.report)
    promises = Promises(world)

    def stopped_and_resumed() -> None:
        world.drivers()["recovery"]()
        if world.state is RunState.STOPPED:
            world.resume()

    with world.moments.before_call(call, stopped_and_resumed):
        world.drivers()["synthesise"]()
    promises.keep()
    if world.state is RunState.STOPPED:
        world.resume()
    world.come_back(promises.keep)
    assert stands(world) == (RunState.DONE, None)
    assert [each.reported for each in passes(world)] == [3]
    assert set(world.ledger.executed.values()) == {1}


def test_a_pass_that_the_cap_does_not_feed_is_cut_and_made_up_for_before_the_last_pass(
    empty: Installation,
) -> None:
    world = worked_on(World(empty, empty.run(spec(4), spec(4), spec(4), spec(2), max_briefs=7)))
    assert stands(world) == (RunState.STOPPED, "max_briefs")
    assert world.progress().executed == 7
    withheld = world.store.allocations.withheld(world.run.run_id, 4)
    assert len(withheld) == 5
    assert [each.reported + len(_of(withheld, each.number)) for each in passes(world)] == [4, 4, 4, 0]
    world.resume()
    assert stands(worked_on(world)) == (RunState.DONE, None)
    assert world.progress().executed == 14
    assert [each.reported for each in passes(world)] == [4, 4, 4, 2]
    assert world.store.allocations.withheld(world.run.run_id, 4) == []


def test_a_brief_that_is_made_up_for_and_blocked_is_helped_before_the_last_pass_opens(
    empty: Installation,
) -> None:
    world = worked_on(World(empty, empty.run(spec(4), spec(4), spec(4), spec(2), max_briefs=7)))
    world.resume()
    world.deliver_to_shard()
    made_up = world.store.allocations.made_up(world.run.run_id, 4)
    assert made_up
    world.deliver_to_workers(lambda work: world.peers.block(work, Obstacle.TOO_LARGE, asks=True))
    assert world.ledger.blocked == set(made_up)
    world.come_back(Promises(world).keep)
    assert world.progress().solved == len(made_up)
    assert stands(world) == (RunState.STOPPED, "max_briefs"), "each of them was given out twice"
    world.resume()
    assert stands(worked_on(world)) == (RunState.DONE, None)
    assert [each.reported for each in passes(world)] == [4, 4, 4, 2]


def passes(world: World) -> list[PassProgress]:
    return world.store.passes.standings(world.run.run_id)


def _of(withheld: list[Withheld], number: int) -> list[Withheld]:
    return [each for each in withheld if each.pass_number == number]
