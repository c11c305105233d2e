"""Races that an example of the state machine seldom hits, at each call of the store in turn."""

from collections.abc import Iterator, Sequence

import pytest

from swarm_app.contracts.ids import brief_id, finding_id
from swarm_app.contracts.run import RunState
from tests.integration.state_machine.installation import Installation, spec
from tests.integration.state_machine.moments import kill
from tests.integration.state_machine.promises import Promises
from tests.integration.state_machine.world import World

CALLS = range(1, 30)  # of the store, in one drive: more than there are


@pytest.fixture
def world(installation: Installation) -> Iterator[World]:
    """A run of one pass with three workers, of which two are enough."""
    yield World(installation, installation.run(spec(3, quorum=2)))
    installation.clear()


@pytest.fixture
def promises(world: World) -> Promises:
    return Promises(world)


def report_a_quorum(world: World, places: Sequence[int] = (1, 2)) -> None:
    world.deliver_to_shard()
    for place in places:
        if work := world.claim(brief_id(world.run.run_id, 1, place)):
            world.report(work)


@pytest.mark.parametrize("call", CALLS)
def test_a_driver_that_dies_while_it_opens_a_pass_is_made_up_for(
    world: World, promises: Promises, call: int
) -> None:
    with world.moments.before_call(call, kill):
        world.drivers()["start"]()
    world.come_back(promises.keep)
    promises.end_in(RunState.DONE)


@pytest.mark.parametrize("call", CALLS)
def test_a_driver_that_dies_while_it_concludes_a_pass_is_made_up_for(
    world: World, promises: Promises, call: int
) -> None:
    report_a_quorum(world)
    promises.keep()
    with world.moments.before_call(call, kill):
        world.drivers()["synthesise"]()
    world.come_back(promises.keep)
    promises.end_in(RunState.DONE)


@pytest.mark.parametrize("call", CALLS)
def test_two_that_open_a_pass_at_once_open_it_once(world: World, promises: Promises, call: int) -> None:
    with world.moments.before_call(call, world.drivers()["start"]):
        world.drivers()["start"]()
    world.come_back(promises.keep)
    promises.end_in(RunState.DONE)


@pytest.mark.parametrize("call", CALLS)
def test_two_that_conclude_a_pass_at_once_conclude_it_once(
    world: World, promises: Promises, call: int
) -> None:
    report_a_quorum(world)
    promises.keep()
    with world.moments.before_call(call, world.drivers()["recovery"]):
        world.drivers()["synthesise"]()
    promises.keep()
    promises.end_in(RunState.DONE)


@pytest.mark.parametrize("call", CALLS)
def test_a_report_that_comes_while_its_pass_is_concluded_is_part_of_it_or_late_or_refused(
    world: World, call: int
) -> None:
    report_a_quorum(world)
    slow = world.claim(brief_id(world.run.run_id, 1, 3))
    assert slow
    with world.moments.before_call(call, lambda: world.report(slow)):
        world.drivers()["synthesise"]()
    (synthesis,) = world.store.passes.syntheses(world.run.run_id)
    reported = [finding_id(brief) for brief in world.ledger.reports]
    assert list(synthesis.findings) == reported[: len(reported) - world.progress().late]


@pytest.mark.parametrize("call", CALLS)
def test_a_run_that_is_cancelled_while_it_is_driven_stays_cancelled(
    world: World, promises: Promises, call: int
) -> None:
    report_a_quorum(world)
    promises.keep()
    with world.moments.before_call(call, world.handle.cancel):
        world.drivers()["synthesise"]()
    promises.keep()
    assert world.state in {RunState.CANCELLED, RunState.DONE}


def test_whoever_reports_first_the_findings_are_concluded_from_in_the_order_of_their_briefs(
    world: World,
) -> None:
    report_a_quorum(world, (2, 1))
    world.drivers()["synthesise"]()
    (concluded,) = world.store.passes.syntheses(world.run.run_id)
    briefs = [brief_id(world.run.run_id, 1, place) for place in (1, 2)]
    assert concluded.findings == tuple(map(finding_id, briefs))
