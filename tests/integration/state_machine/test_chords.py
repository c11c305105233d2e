"""A pass on the wire: what its messages say, and what comes of sending it twice."""

from collections.abc import Iterator
from typing import Any

import pytest
from kombu.exceptions import OperationalError

from swarm_app import queues
from swarm_app.celery import app
from swarm_app.contracts.ids import brief_id
from swarm_app.contracts.plan import Role
from swarm_app.contracts.research import Brief
from swarm_app.contracts.run import Run
from tasks.batch import batch
from tasks.chords import launch, waiting
from tests.integration.state_machine.broker import messages, take
from tests.integration.state_machine.installation import HOME, Installation, spec


@pytest.fixture
def run(installation: Installation) -> Iterator[Run]:
    yield installation.run(spec(2))
    installation.clear()


@pytest.fixture
def briefs(run: Run) -> tuple[Brief, ...]:
    return tuple(
        Brief(
            brief_id=brief_id(run.run_id, 1, number),
            run_id=run.run_id,
            pass_number=1,
            pass_name="Signal",
            number=number,
            of=2,
            role=Role.SIGNAL,
            engine="none",
            question=run.question,
            angle=f"reason {number}",
        )
        for number in (1, 2)
    )


def headers(queue: str) -> list[dict[str, Any]]:
    return [message.headers for message in messages(queue)]


def test_only_ids_travel(run: Run, briefs: tuple[Brief, ...]) -> None:
    launch(run, 1, briefs)
    assert list(take(queues.RESEARCH)) == [(queues.TASK_RESEARCH, [brief.brief_id]) for brief in briefs]


def test_a_brief_s_message_reads_as_a_sentence(run: Run, briefs: tuple[Brief, ...]) -> None:
    launch(run, 1, briefs)
    first = headers(queues.RESEARCH)[0]
    assert (first["id"], first["shadow"], first["argsrepr"]) == (
        briefs[0].brief_id,
        "Signal",
        "1 of 2: reason 1",
    )


def test_the_messages_of_a_pass_are_one_chord(run: Run, briefs: tuple[Brief, ...]) -> None:
    launch(run, 1, briefs)
    sent = headers(queues.RESEARCH)
    assert [header["group_index"] for header in sent] == [0, 1]
    (group,) = {header["group"] for header in sent}
    assert int(app.backend.client.get(app.backend.get_key_for_group(group, ".s"))) == 2


def test_a_brief_goes_to_the_queue_it_names(run: Run, briefs: tuple[Brief, ...]) -> None:
    launch(run, 1, [briefs[0].model_copy(update={"queue": "own"})])
    assert list(take("own")) == [(queues.TASK_RESEARCH, [briefs[0].brief_id])]


def test_what_is_sent_again_is_a_chord_of_its_own(run: Run, briefs: tuple[Brief, ...]) -> None:
    launch(run, 1, briefs)
    launch(run, 1, briefs[1:])
    sent = headers(queues.RESEARCH)
    assert [header["id"] for header in sent] == [briefs[0].brief_id, briefs[1].brief_id, briefs[1].brief_id]
    assert sent[2]["group"] not in {sent[0]["group"], sent[1]["group"]}


def test_a_pass_without_briefs_to_send_is_concluded(run: Run, briefs: tuple[Brief, ...]) -> None:
    launch(run, 1, [])
    assert list(take(queues.shard_queue(HOME))) == [(queues.TASK_SYNTHESISE, [run.run_id, 1])]


def send_cut_off() -> None:
    """Send two messages together; between them the connection breaks, and kombu makes it anew."""
    breaks = iter([ConnectionResetError()])

    def broken() -> None:
        for error in breaks:
            raise error

    with batch() as producer:
        app.send_task(queues.TASK_RESEARCH, args=("first",), queue=queues.RESEARCH, producer=producer)
        producer.connection.ensure(producer, broken, max_retries=2)()
        app.send_task(queues.TASK_RESEARCH, args=("second",), queue=queues.RESEARCH, producer=producer)


def test_of_messages_whose_connection_breaks_meanwhile_none_is_sent_and_it_is_an_outage(
    run: Run, briefs: tuple[Brief, ...]
) -> None:
    with pytest.raises(OperationalError):
        send_cut_off()
    assert waiting([queues.RESEARCH]) == {queues.RESEARCH: 0}
    launch(run, 1, briefs)
    assert waiting([queues.RESEARCH]) == {queues.RESEARCH: 2}
