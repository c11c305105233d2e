"""Messages are hints: the store knows what is done, whatever becomes of them."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.acceptance.faults.account import account
from tests.acceptance.faults.trial import Trial, trial
from tests.acceptance.faults.victims import children, holders, kill
from tests.acceptance.faults.waiting import wait_until

SENDS_BODIES = """
from tasks.chords import send_body
from tasks.process import store
run = store().runs.get({run_id!r})
for number in (1, 1, 2, 1):
    send_body(run, number)
"""


@pytest.fixture(scope="module")
def disturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    with trial(tmp_path_factory.mktemp("messages")) as made:
        yield made


def ends_undone(disturbed: Trial, run_id: str) -> None:
    """The run ends, nothing is lost or doubled, and no brief was executed more than once."""
    disturbed.wait_for_end(run_id)
    counted = account(disturbed, run_id)
    assert counted.holds, counted
    assert counted.executed == counted.briefs, counted


def queued(disturbed: Trial, beginning: str) -> dict[str, list[str]]:
    """The messages that wait in the queues whose names begin so, by the queue's key."""
    client = disturbed.store.client
    keys = [key for key in client.scan_iter(f"swarm:{beginning}*") if client.type(key) == "list"]
    return {key: client.lrange(key, 0, -1) for key in keys}


def delivered(disturbed: Trial) -> list[str]:
    """The messages that workers have taken and not acknowledged."""
    unacked = disturbed.store.client.hvals("swarm:unacked")
    return [json.dumps(json.loads(entry)[0]) for entry in unacked]


@contextmanager
def shard_that_loses_its_messages(disturbed: Trial) -> Iterator[None]:
    """What is sent to the shard meanwhile is lost: from its queue, and with the process that had taken it."""
    (shard,) = children(disturbed, "shard")
    os.kill(shard, signal.SIGSTOP)
    yield
    if lost := queued(disturbed, "shard."):
        disturbed.store.client.delete(*lost)
    kill(shard)


def test_messages_delivered_twice_and_out_of_order_change_nothing(disturbed: Trial) -> None:
    run_id = disturbed.start(14, 3)
    wait_until(lambda: disturbed.reported(run_id), "the first brief is reported")
    for key, messages in queued(disturbed, "research").items():
        disturbed.store.client.lpush(key, *reversed(messages))
    disturbed.store.client.lpush("swarm:research", *delivered(disturbed))
    ends_undone(disturbed, run_id)


def test_of_a_flushed_broker_only_what_is_missing_is_sent_again(disturbed: Trial) -> None:
    run_id = disturbed.start(14, 3)
    wait_until(lambda: disturbed.reported(run_id), "the first brief is reported")
    lost = queued(disturbed, "research")
    assert lost
    disturbed.store.client.delete(*lost, "swarm:unacked", "swarm:unacked_index")
    ends_undone(disturbed, run_id)


def test_a_lost_synthesis_is_noticed(disturbed: Trial) -> None:
    disturbed.control.arm("answered")
    run_id = disturbed.start(3, 3)
    disturbed.control.reached("answered")
    wait_until(lambda: disturbed.reported(run_id) == 2, "the others have reported")
    with shard_that_loses_its_messages(disturbed):
        disturbed.control.go_on("answered")
        wait_until(lambda: disturbed.reported(run_id) == 3, "the last has reported")
        wait_until(lambda: not delivered(disturbed), "its message is acknowledged, the synthesis sent")
    ends_undone(disturbed, run_id)


@pytest.mark.long
def test_a_synthesis_sent_twice_and_too_early_is_stored_once(disturbed: Trial) -> None:
    run_id = disturbed.start(10, 3)
    wait_until(lambda: disturbed.reported(run_id), "the first brief is reported")
    sent = disturbed.installation.python(SENDS_BODIES.format(run_id=run_id))
    assert sent.returncode == 0, sent.stderr
    ends_undone(disturbed, run_id)
    assert len(disturbed.events(run_id, "pass.synthesised")) == 2


@pytest.mark.long
def test_a_lost_start_is_noticed(disturbed: Trial) -> None:
    with shard_that_loses_its_messages(disturbed):
        run_id = disturbed.start(2)
    ends_undone(disturbed, run_id)


def test_two_who_resume_the_same_run_at_once_while_it_is_disturbed_drive_it_once(disturbed: Trial) -> None:
    run_id = disturbed.start(10, 3)
    wait_until(lambda: disturbed.reported(run_id), "the first brief is reported")
    installation = disturbed.installation
    resume = ("swarm", "resume", run_id)
    with installation.process(*resume) as one, installation.process(*resume) as other:
        kill(holders(disturbed, run_id)[0], *children(disturbed, "shard"))
        assert (one.wait(60), other.wait(60)) == (0, 0)
    counted = account(disturbed, run_id)
    assert counted.exact, counted
    assert len(disturbed.events(run_id, "pass.synthesised")) == 2
