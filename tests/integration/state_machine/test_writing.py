"""What passes came to, in a model's words: a brief of its own, once, whatever happens."""

import pytest

from swarm_app.contracts.ids import brief_id
from swarm_app.contracts.research import Kind, Synthesis
from swarm_app.contracts.run import RunState
from tests.integration.state_machine.installation import LINE, Installation, spec
from tests.integration.state_machine.ledger import Work
from tests.integration.state_machine.moments import kill
from tests.integration.state_machine.promises import Promises
from tests.integration.state_machine.world import World

WRITER = "a:model"


def written_about(world: World) -> Work:
    """The first pass's workers have reported, and a model has what is to be written of it."""
    world.deliver_to_shard()
    world.deliver_to_workers(world.report)
    world.drivers()["synthesise"]()
    (work,) = [claimed for claimed in [world.claim(brief_id(world.run.run_id, 1, 0))] if claimed]
    return work


def syntheses(world: World) -> list[Synthesis]:
    return world.store.passes.syntheses(world.run.run_id)


def test_each_pass_is_written_once_and_its_words_are_kept_apart_from_the_findings(
    empty: Installation,
) -> None:
    world = World(empty, empty.run(spec(2, synthesis=WRITER), spec(2), spec(1, synthesis=WRITER)))
    world.deliver_to_shard()
    world.come_back()
    assert world.state is RunState.DONE
    assert [[each.statement for each in told.written] for told in syntheses(world)] == [[LINE], [], [LINE]]
    assert [told.summary == LINE for told in syntheses(world)] == [True, False, True]
    assert len(world.store.runs.findings(world.run.run_id)) == 5
    assert len(world.store.writings.all(world.run.run_id)) == 2


def test_a_pass_is_open_until_its_words_are_there(empty: Installation) -> None:
    world = World(empty, empty.run(spec(2, synthesis=WRITER), spec(1)))
    work = written_about(world)
    world.drivers()["recovery"]()
    assert (syntheses(world), world.progress().pass_number) == ([], 1)
    world.report(work)
    world.drivers()["synthesise"]()
    assert (len(syntheses(world)), world.progress().pass_number) == (1, 2)


def test_a_model_that_fails_leaves_the_shard_s_own_words_with_the_reason(empty: Installation) -> None:
    world = World(empty, empty.run(spec(2, synthesis=WRITER)))
    world.report(written_about(world), kind=Kind.FAILED)
    world.drivers()["synthesise"]()
    (told,) = syntheses(world)
    assert (told.written, told.unwritten) == ((), "Report 3.")
    assert told.answer
    assert world.state is RunState.DONE


def test_a_writer_that_is_lost_with_its_worker_is_replaced_by_another(empty: Installation) -> None:
    world = World(empty, empty.run(spec(2, synthesis=WRITER)))
    written_about(world)
    world.come_back()
    assert world.state is RunState.DONE
    assert syntheses(world)[0].written
    assert world.ledger.executed[brief_id(world.run.run_id, 1, 0)] == 2


def test_a_limit_that_leaves_no_call_ends_the_run_with_the_shard_s_own_words(empty: Installation) -> None:
    world = World(empty, empty.run(spec(2, synthesis=WRITER), max_briefs=2))
    world.deliver_to_shard()
    world.come_back()
    (told,) = syntheses(world)
    assert (told.written, told.answer != ()) == ((), True)
    assert (world.state, world.progress().stop_reason) == (RunState.STOPPED, "max_briefs")


def test_what_a_limit_left_unwritten_is_written_when_the_run_is_resumed(empty: Installation) -> None:
    world = World(empty, empty.run(spec(2, synthesis=WRITER), max_briefs=2))
    world.deliver_to_shard()
    world.come_back()
    assert [told.unwritten != "" for told in syntheses(world)] == [True]
    promises = Promises(world)
    world.resume()
    world.come_back(promises.keep)
    (told,) = syntheses(world)
    assert ([each.statement for each in told.written], told.unwritten) == ([LINE], "")
    assert (world.state, set(world.ledger.executed.values())) == (RunState.DONE, {1})


def test_what_is_written_after_a_pass_went_on_is_of_all_that_it_came_to(empty: Installation) -> None:
    world = World(empty, empty.run(spec(3, synthesis=WRITER), max_briefs=2))
    world.deliver_to_shard()
    world.come_back()
    world.resume()
    world.deliver_to_shard()
    world.deliver_to_workers(world.report)
    world.drivers()["synthesise"]()
    work = world.claim(brief_id(world.run.run_id, 1, 0))
    assert work
    assert work.brief.claims == world.handle.report().answer or len(work.brief.claims) >= 1
    world.report(work)
    world.come_back()
    assert (world.state, len(syntheses(world)[0].findings)) == (RunState.DONE, 3)
    assert syntheses(world)[0].written


def test_a_model_that_failed_is_asked_once_more_when_a_limit_stopped_its_run(empty: Installation) -> None:
    world = World(empty, empty.run(spec(2, synthesis=WRITER), max_briefs=3))
    world.report(written_about(world), kind=Kind.FAILED)
    world.come_back()
    assert (world.state, syntheses(world)[0].unwritten) == (RunState.STOPPED, "Report 3.")
    promises = Promises(world)
    world.resume()
    world.come_back(promises.keep)
    assert (world.state, syntheses(world)[0].unwritten) == (RunState.DONE, "")
    assert len(world.store.writings.all(world.run.run_id)) == 1


def test_words_that_come_after_a_limit_change_nothing_that_was_told(empty: Installation) -> None:
    world = World(empty, empty.run(spec(2, synthesis=WRITER), deadline_s=60.0))
    work = written_about(world)
    promises = Promises(world)
    world.clock.pass_by(61.0)
    world.drivers()["recovery"]()
    before = syntheses(world)
    world.report(work)
    world.drivers()["recovery"]()
    assert [bool(told.written) for told in before] == [False]
    assert syntheses(world) == before
    assert len(world.store.writings.all(world.run.run_id)) == 1
    promises.keep()


@pytest.mark.parametrize("call", range(1, 41))
def test_a_driver_that_dies_anywhere_is_made_up_for(empty: Installation, call: int) -> None:
    world = World(empty, empty.run(spec(1, synthesis=WRITER), spec(1, synthesis=WRITER)))
    promises = Promises(world)
    for _ in range(3):
        world.deliver_to_shard()
        world.deliver_to_workers(world.report)
        with world.moments.before_call(call, kill):
            world.drivers()["synthesise"]()
    world.come_back(promises.keep)
    assert world.state is RunState.DONE
    assert set(world.ledger.executed.values()) == {1}


@pytest.mark.parametrize("call", range(1, 41))
def test_words_that_come_while_the_limit_is_reached_are_told_by_all_or_none(
    empty: Installation, call: int
) -> None:
    world = World(empty, empty.run(spec(1, synthesis=WRITER), deadline_s=60.0))
    work = written_about(world)
    promises = Promises(world)
    world.clock.pass_by(61.0)

    def meanwhile() -> None:
        world.report(work)
        world.drivers()["recovery"]()

    with world.moments.before_call(call, meanwhile):
        world.drivers()["synthesise"]()
    world.come_back(promises.keep)
    promises.keep()
    assert world.state.ended


@pytest.mark.parametrize("call", range(18, 34))
def test_a_driver_that_dies_when_it_has_given_up_a_writing_leaves_nothing_that_is_waited_for(
    empty: Installation, call: int
) -> None:
    """The limit that it was given up for is gone when the run is resumed."""
    world = World(empty, empty.run(spec(2, synthesis=WRITER), spec(2), max_briefs=2))
    world.deliver_to_shard()
    world.deliver_to_workers(world.report)
    with world.moments.before_call(call, kill):
        world.drivers()["start"]()
    world.handle.interrupt()
    world.resume()
    world.come_back()
    assert world.state in {RunState.STOPPED, RunState.DONE}
