import time

import pytest

from swarm_app.cli.lines import line
from swarm_app.contracts.run import Event
from tests.unit.cli.events import told


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "queued: plan tiny, engine extractive, 2 documents, 1,200 tokens in 1 shard"),
        (2, "pass 1 Signal Capture: 2 workers"),
        (5, "  1.1 claim 0.85: Thirty days. (docs/policy.md:2-2)"),
        (6, "  1.2 failed: no shard answered"),
        (7, "pass 1 Signal Capture done in 1.5 s: It is thirty days."),
        (8, "run stopped: interrupted"),
    ],
)
def test_an_event_reads_as_a_line_with_its_time(number: int, words: str) -> None:
    event = told()[number]
    assert line(event) == f"{time.strftime('%H:%M:%S', time.localtime(event.at))} {words}"


def test_a_claimed_brief_is_not_worth_a_line() -> None:
    assert line(told()[3]) is None


def test_a_run_that_ends_well_gives_no_reason() -> None:
    done = line(Event(event_id="1-0", run_id="run_1", type="run.done", at=0.0, data={"reason": None}))
    assert done is not None
    assert done.endswith(" run done")
