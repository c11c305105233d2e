"""Briefs whose worker cannot go on are solved by peers, and the coordinator hears nothing of it."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.acceptance.assist.crowd import FIVE, Crowd, crowd, helped, waits

DISPUTED = "How long is the retention period of delivery records?"
DISPUTE = {
    "policy.md": "The retention period of delivery records is 90 days.",
    "minutes.md": "The retention period of delivery records is 30 days.",
    "audit.md": "A retention period of delivery records is ninety days.",
}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    """Two worker processes with four slots each."""
    with crowd(tmp_path_factory.mktemp("two"), worker_processes=2, concurrency=4) as made:
        yield made


@pytest.fixture(scope="module")
def report(two: Crowd) -> dict[str, Any]:
    return two.run(FIVE, "--elsewhere")


def all_five_solved(report: dict[str, Any], crowd: Crowd) -> str:
    """Check it; the times, for a person."""
    assert report["state"] == "done"
    assert [passed["reported"] for passed in report["passes"]] == [40]
    found = helped(report)
    assert {number: each["helped"]["obstacle"] for number, each in found.items()} == FIVE
    assert {each["helped"]["outcome"] for each in found.values()} == {"solved"}
    assert all(each["helped"]["by"] for each in found.values())
    assert all(citation["verdict"] == "verified" for each in found.values() for citation in each["citations"])
    seconds = waits(crowd.events(report["run_id"]))
    assert len(seconds) == len(FIVE)
    return f"from blocker to resumption: median {median(seconds):.2f} s, longest {max(seconds):.2f} s"


def test_five_briefs_blocked_for_different_reasons_are_all_solved_by_peers(
    two: Crowd, report: dict[str, Any], figures: list[str]
) -> None:
    figures.append(f"two processes, {all_five_solved(report, two)}")


def test_a_resumption_is_counted_as_one_and_as_no_lost_attempt(report: dict[str, Any]) -> None:
    counts = report["executions"]
    assert (counts["executed"], counts["resumed"], counts["redelivered"]) == (45, 5, 0)
    assert (counts["blocked"], counts["solved"], counts["escalated"]) == (5, 5, 0)


def test_what_a_shard_beside_the_runs_holds_is_cited_and_can_be_verified(
    two: Crowd, report: dict[str, Any]
) -> None:
    lacking = helped(report)["19"]
    assert (lacking["helped"]["strategy"], lacking["helped"]["shards"]) == ("another_shard", ["ledgers"])
    assert [citation["path"] for citation in lacking["citations"]] == ["ledgers/q2.md"]
    assert report["roots"]["ledgers"] == str(two.folder / "ledgers")
    assert two.installation.swarm("verify", report["run_id"]).returncode == 0


def test_the_coordinator_is_told_nothing_of_it(
    two: Crowd, report: dict[str, Any], figures: list[str]
) -> None:
    told = report["passes"][0]["synthesis"].lower()
    assert not [word for word in ("blocked", "help", "assist", "meets") if word in told]
    calm = two.run({}, workers=6)
    stuck = two.run({"1": "rate_limit", "3": "refusal", "5": "contradiction"}, workers=6)
    assert (len(helped(calm)), len(helped(stuck))) == (0, 3)
    tokens = [each["usage"]["coordinator_tokens"] for each in (calm, stuck)]
    figures.append(f"coordinator tokens: {tokens[0]} without a blocker, {tokens[1]} with three")
    assert abs(tokens[0] - tokens[1]) <= 2, "times are written with more digits or fewer"


def test_without_leave_no_other_shard_is_asked_and_what_nobody_solves_is_one_line(two: Crowd) -> None:
    report = two.run({"2": "missing_context"}, workers=3, question="Who decides what is kept?")
    lacking = helped(report)["2"]
    assert (lacking["kind"], lacking["helped"]["outcome"]) == ("failed", "escalated")
    assert report["passes"][0]["synthesis"].count("Escalated: nobody could help with 1 blocked brief") == 1
    assert report["executions"]["escalated"] == 1


def test_a_contradiction_is_weighed_by_what_else_the_shards_hold(two: Crowd, tmp_path: Path) -> None:
    for name, line in DISPUTE.items():
        (tmp_path / name).write_text(f"{line}\n")
    assert two.installation.swarm("shard", "load", "dispute", tmp_path).returncode == 0
    report = two.run({"1": "contradiction"}, workers=2, question=DISPUTED, shard="dispute")
    weighed = helped(report)["1"]
    assert (weighed["kind"], weighed["helped"]["strategy"]) == ("contradiction", "both_sides")
    assert sorted(Path(each["path"]).name for each in weighed["citations"]) == sorted(DISPUTE)
    assert {each["verdict"] for each in weighed["citations"]} == {"verified"}
    assert "1 other document speaks" in weighed["summary"]
    assert report["contradictions"]


def test_an_older_finding_helps_and_says_how_old_it_is(two: Crowd, report: dict[str, Any]) -> None:
    older = helped(two.run({"2": "missing_context"}, workers=3))["2"]
    assert older["helped"]["strategy"] == "older_findings"
    assert older["helped"]["age_s"] > 0
    assert older["summary"].startswith("Found ")
    assert " seconds ago in run_" in older["summary"] or " minutes ago in run_" in older["summary"]
    assert older["citations"]


def test_the_indicator_counts_what_was_solved(two: Crowd, report: dict[str, Any]) -> None:
    two.run({"1": "refusal"}, workers=2)
    assert two.installation.json("status")["assists"] == {"waiting": 0, "solved": 1, "escalated": 0}


def test_a_pool_of_one_solves_all_five(tmp_path_factory: pytest.TempPathFactory, figures: list[str]) -> None:
    with crowd(tmp_path_factory.mktemp("one"), worker_processes=1, concurrency=1) as one:
        figures.append(f"a pool of one, {all_five_solved(one.run(FIVE, '--elsewhere'), one)}")
