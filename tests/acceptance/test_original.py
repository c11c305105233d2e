"""People who know the original feel at home: its quick start runs with only the import lines changed."""

from collections.abc import Iterator

import pytest

from tests.acceptance.installation import Installation, installed

QUICK_START = """
from shard import SwarmMemoryShard
from workers import EphemeralWorker

context_text = "\\n".join(f"{n}. Decision {n} of the session was to keep the queue." for n in range(1, 100))

shard = SwarmMemoryShard(specialization="session_history")
shard.load_context(context_text, "SESSION-RESUME.md")
task_id = shard.spawn_worker_task(
    "if.search_pass1", "Research: the queue", {"query": "the queue"}, pass_name="Pass 1: Signal Capture"
)

worker = EphemeralWorker()
task = worker.claim_task("queue:if.search_pass1")
text = worker.get_parent_context()
worker.report_finding({"summary": "Kept.", "sources": ["SESSION-RESUME.md:87-92"], "confidence": 0.85})

findings = shard.get_all_findings(task_type="if.search_pass1")
shard.synthesize_findings("Pass 1", "Kept.", [f["finding_id"] for f in findings])
"""


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with installed() as made:
        yield made


def check(installation: Installation, program: str) -> None:
    ended = installation.python(QUICK_START + program)
    assert ended.returncode == 0, ended.stderr


def test_the_quick_start_runs_as_printed(installation: Installation) -> None:
    check(
        installation,
        """
assert task["task_id"] == task_id
assert task["context"] == {"query": "the queue"}
assert text == context_text
assert [f["summary"] for f in findings] == ["Kept."]
""",
    )


def test_a_bare_source_is_kept_and_marked_unchecked(installation: Installation) -> None:
    check(installation, 'assert findings[0]["citations"][0]["verdict"] == "unchecked"')


def test_a_source_that_does_not_exist_is_dropped(installation: Installation) -> None:
    check(
        installation,
        """
shard.spawn_worker_task("t", "d", {})
worker.claim_task("queue:t")
worker.report_finding({"summary": "s", "sources": ["SESSION-RESUME.md:900-901", "nowhere.md:1"]})
assert shard.get_all_findings(task_type="t")[0]["sources"] == []
""",
    )


def test_a_quote_is_verified_against_the_lines(installation: Installation) -> None:
    check(
        installation,
        """
shard.spawn_worker_task("q", "d", {})
worker.claim_task("queue:q")
quote = "Decision 7 of the session was to keep the queue."
worker.report_finding(
    {"summary": "s", "sources": [{"path": "SESSION-RESUME.md", "start": 7, "end": 7, "quote": quote}]}
)
assert shard.get_all_findings(task_type="q")[0]["citations"][0]["verdict"] == "verified"
""",
    )


def test_a_task_given_back_is_claimed_by_another_worker(installation: Installation) -> None:
    check(
        installation,
        """
import os
shard.spawn_worker_task("lost", "d", {})
assert worker.claim_task("queue:lost") is not None
worker.close()
other = EphemeralWorker()
assert other.claim_task("queue:lost", timeout=5) is not None
""",
    )


PEERS = """
quote = "Decision 7 of the session was to keep the queue."
line = {"path": "SESSION-RESUME.md", "start": 7, "end": 7, "quote": quote}
for place in ("one", "two", "three"):
    shard.spawn_worker_task(task_id, f"Decision 7, {place}", {"query": "decision 7 of the queue"})
first, second = EphemeralWorker(), EphemeralWorker()
assert first.claim_task(task_id)["insights"] == []
began_alone = second.claim_task(task_id)
found = first.report_finding({"summary": quote, "sources": [line]})
"""


def test_a_task_begins_with_what_peers_found_and_says_what_led_to_its_finding(
    installation: Installation,
) -> None:
    check(
        installation,
        PEERS
        + """
(heard,) = first.claim_task(task_id)["insights"]
assert (heard["finding_id"], heard["statement"]) == (found, quote)
assert heard["sources"] == ["SESSION-RESUME.md:7-7"]
led = first.report_finding({"summary": "s", "sources": ["SESSION-RESUME.md:8"], "insights": [found]})
(insight,) = first._store.runs.finding(led).insights
assert insight.citations[0].verdict == "verified"
""",
    )


def test_what_a_peer_reported_meanwhile_is_linked_instead_of_repeated(installation: Installation) -> None:
    check(
        installation,
        PEERS
        + """
assert began_alone["insights"] == []
again = first._store.runs.finding(second.report_finding({"summary": quote, "sources": [line]}))
assert [link.finding_id for link in again.links] == [found]
assert (again.claims, again.citations[0].verdict) == ((), "verified")
""",
    )


def test_an_insight_that_the_task_did_not_begin_with_is_refused(installation: Installation) -> None:
    check(
        installation,
        PEERS
        + """
from swarm_app.errors import UsageError
try:
    second.report_finding({"summary": "s", "insights": [found]})
except UsageError as error:
    assert found in str(error)
else:
    raise AssertionError("an insight that nobody told was taken")
second.report_finding({"summary": "s"})
""",
    )


def test_an_empty_queue_gives_no_task(installation: Installation) -> None:
    check(installation, 'assert worker.claim_task("queue:nothing-here") is None')


def test_reporting_without_a_task_is_an_error(installation: Installation) -> None:
    check(
        installation,
        """
from swarm_app.errors import ClaimError
try:
    EphemeralWorker().report_finding({"summary": "s"})
except ClaimError:
    pass
else:
    raise AssertionError("reported without a task")
""",
    )


def test_a_plain_worker_takes_a_task_by_its_type(installation: Installation) -> None:
    with installation.process(
        "celery", "-A", "swarm_app", "worker", "-Q", "if.search_pass2", "-n", "plain@%h"
    ):
        installation.wait_for_node("plain@")
        check(installation, "")
        with installation.process("swarm", "shard", "serve", "session_history"):
            check(
                installation,
                """
import time
shard.spawn_worker_task("if.search_pass2", "again", {"query": "decision to keep the queue"})
deadline = time.monotonic() + 30
while not (found := shard.get_all_findings(task_type="if.search_pass2")):
    assert time.monotonic() < deadline, "the plain worker took nothing"
    time.sleep(0.1)
assert found[0]["worker_id"].startswith("plain@"), found
assert found[0]["sources"], found
""",
            )
