"""What many ask at once is found out once, by real workers and shards, one of which is killed at it."""

import json
import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from llmock.scenarios import Delay

from swarm_app.contracts.discoveries import Ratio
from swarm_app.contracts.run import RunState
from tests.acceptance.archive import archive
from tests.acceptance.installation import Installation
from tests.acceptance.stack_helpers import wait_until
from tests.vendors.server import Vendors

QUESTION = "How does the nightly purge make sure that two purges never run at once?"
ENGINE = "openai:gpt-5-mini"
MANY = 40
FIRST, BRIEFS = 4, 6  # of the plan `quick`: in its first pass, and in all
RESEARCH = ("research", QUESTION, "--shards", "archive", "--plan", "quick", "--engine", ENGINE)

ASKING = """
import threading
from concurrent.futures import ThreadPoolExecutor
from swarm_app import Swarm

ready = threading.Barrier({many})
with Swarm() as swarm, ThreadPoolExecutor({many}) as pool:
    def ask(_):
        ready.wait()
        return swarm.ask("Who audits the audit log?", shards=["archive"]).excerpts
    answers = list(pool.map(ask, range({many})))
assert answers[0] and answers == answers[:1] * {many}
"""

RESEARCHING = """
import json
from swarm_app import Swarm

with Swarm() as swarm:
    how = {{"shards": ["archive"], "plan": "quick", "engine": {engine!r}}}
    asked = [swarm.research({question!r}, **how) for _ in range(2)]
    print(json.dumps([run.run_id for run in asked]), flush=True)
    [run.result(timeout=90) for run in asked]
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, server: Vendors) -> Iterator[Installation]:
    patient = server.tables.replace("timeout_s = 5.0", "timeout_s = 60.0")
    quick = {"lease": 3, "recovery_interval": 0.5, "insight_tokens": 0}
    with archive(tmp_path_factory.mktemp("archive"), patient, worker_processes=1, **quick) as made:
        yield made


def two_runs(installation: Installation) -> list[Any]:
    """The reports of the same question asked twice at once."""
    ended = installation.python(RESEARCHING.format(question=QUESTION, engine=ENGINE))
    assert ended.returncode == 0, ended.stderr
    return [installation.json("show", run_id) for run_id in json.loads(ended.stdout)]


def answered(server: Vendors) -> int:
    return sum(record.status == 200 for record in server.state.journal.records())


def test_forty_who_ask_the_same_at_once_cost_one_search(installation: Installation) -> None:
    store = installation.store()
    before = store.discoveries.counted().search
    ended = installation.python(ASKING.format(many=MANY))
    assert ended.returncode == 0, ended.stderr
    after = store.discoveries.counted().search
    store.close()
    assert after == Ratio(hits=before.hits + MANY - 1, misses=before.misses + 1)


@pytest.mark.long
def test_two_same_runs_at_once_cost_as_much_as_one_and_say_so(
    installation: Installation, server: Vendors
) -> None:
    server.script.add(Delay(2.0, times=None))  # in which the second run comes to the same call
    reports = two_runs(installation)
    server.script.clear()
    briefs = sum(each["workers"] for each in reports[0]["passes"])
    assert answered(server) == 2 * briefs
    found = [report["usage"]["discoveries"] for report in reports]
    assert sum(each["call"]["misses"] for each in found) == 2 * briefs
    assert sum(each["call"]["hits"] for each in found) == 2 * briefs
    paid = sum(report["usage"]["spent_tokens"] for report in reports)
    assert sum(each["saved_tokens"] for each in found) == paid
    assert "answers shared by others" in "".join(report["report"]["markdown"] for report in reports)
    assert {report["state"] for report in reports} == {"done"}


@pytest.mark.long
def test_all_workers_are_killed_with_their_calls_in_the_air_and_both_runs_are_done(
    installation: Installation, server: Vendors
) -> None:
    """The first run's calls hang, the second's wait for them; SIGKILL; what is asked again is asked once."""
    before = len(server.script.asked)
    server.script.add(Delay(600.0, times=FIRST))
    server.script.add(Delay(1.0, times=None))
    store = installation.store()
    asked = installation.swarm(*RESEARCH, "--detach")
    assert asked.returncode == 0, asked.stderr
    wait_until(lambda: server.state.journal.in_flight == FIRST, "the first calls are in the air")
    again = installation.swarm(*RESEARCH, "--detach")
    assert again.returncode == 0, again.stderr
    runs = store.runs.latest(limit=2)
    wait_until(lambda: store.runs.progress(runs[0]).executed == FIRST, "the second run's briefs are claimed")
    for node in store.nodes.alive():
        if node.kind == "worker":
            os.kill(node.pid, signal.SIGKILL)
    for run_id in runs:
        installation.swarm("watch", run_id)
    assert [store.runs.progress(each).state for each in runs] == [RunState.DONE] * 2
    reports = [installation.json("show", each) for each in runs]
    store.close()
    assert [finding["kind"] for report in reports for finding in report["findings"]].count("failed") == 0
    assert len(server.script.asked) - before == FIRST + 2 * BRIEFS
