"""Persistent helpers: plain Celery workers that take assists, and leave by themselves."""

import json
from collections.abc import Iterator

import pytest

from tests.acceptance.assist.crowd import Crowd, crowd, helped
from tests.acceptance.faults.waiting import wait_until

HELP = {"1": "refusal", "2": "rate_limit", "3": "refusal"}


@pytest.fixture(scope="module")
def lonely(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    """One worker process, which takes assists like any other."""
    with crowd(tmp_path_factory.mktemp("lonely"), worker_processes=1, concurrency=2) as made:
        yield made


def comes(lonely: Crowd, beginning: str) -> None:
    """Wait until a node of such a name is alive."""
    nodes = lonely.installation.nodes
    wait_until(lambda: any(name.startswith(beginning) for name in nodes()), f"{beginning} is alive", 60)


@pytest.mark.long
def test_a_helper_leaves_in_order_once_it_has_had_its_tasks(lonely: Crowd) -> None:
    helper = ("swarm", "worker", "--helper", "--max-tasks", "1", "-n", "helper-1@%h")
    with lonely.installation.process(*helper) as process:
        comes(lonely, "helper-1@")
        while process.poll() is None:
            assert lonely.run(HELP, workers=4)["executions"]["solved"] == 3
        assert process.returncode == 0


def test_a_helper_leaves_when_it_is_idle_and_plain_celery_is_one_too(lonely: Crowd) -> None:
    plain = ("celery", "-A", "swarm_app", "worker", "-Q", "assist", "-c", "1", "-n", "helper-2@%h")
    with lonely.installation.process(*plain, SWARM_HELPER_IDLE_SECONDS="0.5") as process:
        assert process.wait(timeout=60) == 0


def test_the_originals_loop_helps_until_it_has_been_idle(lonely: Crowd) -> None:
    ended_loop = lonely.installation.python(
        "from workers import EphemeralWorker\n"
        "print(EphemeralWorker().run_persistent_helper_loop(max_seconds=20, idle_seconds=1))"
    )
    assert ended_loop.stdout.strip() == "0", ended_loop.stderr


def test_a_helper_may_not_leave_after_no_task(lonely: Crowd) -> None:
    refused = lonely.installation.swarm("worker", "--helper", "--max-tasks", "0")
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr


OUTSIDE = """
import json, sys, time
from shard import SwarmMemoryShard
from workers import EphemeralWorker

shard = SwarmMemoryShard(specialization="session_history")
shard.load_context("Decision 7 of the session was to keep the queue and its workers.\\n", "SESSION.md")
shard.spawn_worker_task("if.search_pass1", "the queue", {"query": "decision to keep the queue"})
worker = EphemeralWorker()
task = worker.claim_task("queue:if.search_pass1")
assert worker.report_blocker("refusal", "I may not read minutes.", urgency="high")
assert not shard.get_all_findings()
again = worker.claim_task("queue:if.search_pass1", timeout=60)
assert again and again["task_id"] == task["task_id"]
help = again["help"]
worker.report_finding(help)
(found,) = shard.get_all_findings()
stored = worker._store.runs.finding(found["finding_id"])
print(json.dumps({"help": help, "report": stored.model_dump(mode="json")}))
"""


@pytest.mark.long
def test_an_outside_worker_that_is_blocked_is_helped_and_reports_with_that(lonely: Crowd) -> None:
    lonely.installation.python(OUTSIDE.partition("shard.spawn")[0])
    with lonely.installation.process("swarm", "shard", "serve", "session_history"):
        comes(lonely, "shard-session_history")
        ran = lonely.installation.python(OUTSIDE)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert told["help"]["outcome"] == "solved"
    assert told["report"]["helped"]["by"] == told["help"]["by"]
    assert told["report"]["citations"][0]["verdict"] == "verified"


def test_the_report_names_who_helped(lonely: Crowd) -> None:
    report = lonely.run({"2": "rate_limit"}, workers=3)
    (by,) = helped(report)["2"]["helped"]["by"]
    assert by.startswith("worker-1@")
    assert "Blocked: 1 brief, 1 solved by peers, 0 escalated" in report["report"]["markdown"]
