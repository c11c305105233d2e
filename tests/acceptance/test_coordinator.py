"""The coordinator asks, watches and reads syntheses, and worker chatter never reaches it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.installation import Installation, installed
from tests.acceptance.library import write

PROGRAM = """
import json, sys
from swarm_app import SonnetCoordinator, Swarm

coordinator = SonnetCoordinator()
with Swarm() as swarm:
    shard = swarm.load("archive", [{folder!r}]).name
question = "How does the nightly purge make sure that two purges never run at once?"
run_id = coordinator.research(question, shards=[shard])
told = list(coordinator.watch(run_id))
"""


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with installed() as made:
        yield made


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = write(tmp_path_factory.mktemp("library") / "archive", contradicted=True)
    return PROGRAM.format(folder=str(folder))


def check(installation: Installation, program: str) -> str:
    ended = installation.python(program)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_it_reads_one_conclusion_of_each_pass_and_the_answer_with_the_last(
    installation: Installation, program: str
) -> None:
    check(
        installation,
        program
        + """
assert [each.pass_number for each in told] == list(range(1, 9))
assert [bool(each.answer) for each in told] == [False] * 7 + [True]
assert any("docs/handbook.md" in source for each in told[-1].answer for source in each.sources)
assert told[-1].council
assert coordinator.state(run_id) == "done"
""",
    )


def test_what_reached_it_is_counted_at_its_boundary_and_shown_in_the_report(
    installation: Installation, program: str
) -> None:
    check(
        installation,
        program
        + """
received = sum(len(each.model_dump_json(exclude_defaults=True).encode()) for each in told)
with Swarm() as swarm:
    usage = swarm.run(run_id).report().usage
    assert usage.coordinator_tokens == -(-received // 4), (usage, received)
    before = coordinator.tokens
    list(coordinator.watch(run_id))
    assert swarm.run(run_id).report().usage.coordinator_tokens == -(-2 * received // 4)
    assert coordinator.tokens - before in {received // 4, received // 4 + 1}
assert 0 < usage.coordinator_tokens < usage.worker_tokens / 10
""",
    )


def test_no_word_of_a_worker_reaches_it(installation: Installation, program: str) -> None:
    said = check(
        installation, program + "print(run_id); print(json.dumps([each.model_dump() for each in told]))"
    )
    run_id, context = said.splitlines()
    report = installation.json("show", run_id)
    assert [finding for finding in report["findings"] if finding["finding_id"] in context] == []
    assert [finding for finding in report["findings"] if finding["worker_id"] in context] == []
    assert json.loads(context)


def test_it_asks_a_shard_for_a_synthesis_of_a_pass_by_its_own_instructions(
    installation: Installation, program: str
) -> None:
    check(
        installation,
        program
        + """
from swarm_app.errors import UnknownError
asked = coordinator.request_synthesis(shard, "Cross-Domain", "What does the audit log hold?")
told = coordinator.get_synthesis(asked)
assert (told.run_id, told.pass_name, told.reported) == (run_id, "Cross-Domain", 8)
plain = coordinator.get_synthesis(coordinator.request_synthesis(shard, "cross-domain", ""))
assert "audit log" in told.answer[0].statement and told.answer != plain.answer
try:
    coordinator.get_synthesis(coordinator.request_synthesis(shard, "No such pass", ""))
except UnknownError as error:
    assert "No such pass" in str(error)
else:
    raise AssertionError("a synthesis of nothing")
""",
    )


def test_its_status_has_the_originals_shape(installation: Installation, program: str) -> None:
    check(
        installation,
        program
        + """
status = coordinator.get_swarm_status()
assert status["total_shards"] == 1 and status["coordinator_id"].startswith("coordinator_")
(held,) = status["shards"]
assert (held["shard_id"], held["specialization"], held["pending_tasks"]) == (shard, shard, 0)
assert held["findings_count"] >= 42 and held["tokens"] > 0
""",
    )
