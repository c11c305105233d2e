"""The council of a plan of one's own: what a rejection does, and any draft put before it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.installation import Installation, installed
from tests.acceptance.library import write

QUESTION = "How long is the retention period for delivery records?"
PLAN = """
summary = "one look, and one guardian who looks for what says otherwise"

[council]
rejection = "{rejection}"

[[passes]]
name = "Look"
role = "signal"
workers = 2

[[passes]]
name = "Council"
role = "guard"

[[guardians]]
name = "contrarian"
duty = "denial"
"""


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with installed() as made:
        yield made


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the retention period is 90 days, and 30."""
    return write(tmp_path_factory.mktemp("library") / "archive", contradicted=True)


def run(
    installation: Installation, folder: Path, tmp_path: Path, rejection: str
) -> tuple[int, dict[str, Any]]:
    plan = tmp_path / "mine.toml"
    plan.write_text(PLAN.format(rejection=rejection), "utf-8")
    ended = installation.swarm("research", QUESTION, folder, "--plan", plan, "--json")
    return ended.returncode, json.loads(ended.stdout)


@pytest.mark.long
def test_a_rejection_is_noted_with_the_votes_and_what_says_otherwise(
    installation: Installation, disputed: Path, tmp_path: Path
) -> None:
    status, report = run(installation, disputed, tmp_path, "note")
    (vote,) = report["council"]["votes"]
    assert (status, report["council"]["outcome"], vote["vote"]) == (0, "rejected", "reject")
    assert "days against" in vote["reason"]
    assert 0 < vote["confidence"] <= 1
    assert "The council rejected this answer" in report["report"]["markdown"]
    assert [each["name"] for each in report["passes"]] == ["Look", "Council"]


def test_a_rejection_can_stop_the_run_and_it_stays_stopped(
    installation: Installation, disputed: Path, tmp_path: Path
) -> None:
    status, report = run(installation, disputed, tmp_path, "stop")
    assert (status, report["state"]) == (3, "stopped")
    assert "council" in report["stop_reason"]
    assert installation.swarm("resume", report["run_id"]).returncode == 3


def test_a_rejection_can_have_the_draft_repaired_once_and_voted_on_again(
    installation: Installation, disputed: Path, tmp_path: Path
) -> None:
    _, report = run(installation, disputed, tmp_path, "repair")
    passes = [(each["name"], each["reported"]) for each in report["passes"]]
    assert passes == [("Look", 2), ("Council", 1), ("Repair", 5), ("Second Vote", 1)]
    assert report["executions"]["briefs"] == report["executions"]["executed"] == 9
    assert report["state"] == "done"


def test_an_approved_draft_is_not_repaired(installation: Installation, tmp_path: Path) -> None:
    status, report = run(installation, write(tmp_path / "clean"), tmp_path, "repair")
    assert (status, report["council"]["outcome"]) == (0, "approved")
    assert [each["name"] for each in report["passes"]] == ["Look", "Council"]
    assert report["executions"]["briefs"] == 3


def council(installation: Installation, file: Path, *arguments: str | Path) -> Any:
    ended = installation.swarm("council", "ask", file, *arguments, "--json")
    assert ended.returncode in {0, 1}, ended.stderr
    told = json.loads(ended.stdout)
    assert (told["outcome"] == "rejected") == (ended.returncode == 1)
    return told


def test_a_draft_is_checked_against_the_shards_and_voted_on(
    installation: Installation, disputed: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(
        "How long are delivery records kept?\n\n"
        "“The retention period for delivery records is 90 days.” (retention.md:4)\n"
        "Records under legal hold are never purged (retention.md:9).\n",
        "utf-8",
    )
    told = council(installation, draft, disputed)
    assert [each["citations"][0]["verdict"] for each in told["claims"]] == ["verified", "unchecked"]
    votes = {vote["guardian"]: vote for vote in told["votes"]}
    assert len(votes) == 6
    assert votes["auditor"]["vote"] == "approve", votes["auditor"]
    assert votes["auditor"]["weight"] == 1.0
    assert all(vote["reason"] and 0 <= vote["confidence"] <= 1 for vote in told["votes"])


def test_a_decision_that_the_documents_deny_is_rejected_with_the_line_that_does(
    installation: Installation, disputed: Path, tmp_path: Path
) -> None:
    plan, decision = tmp_path / "mine.toml", tmp_path / "decision.json"
    plan.write_text(PLAN.format(rejection="repair"), "utf-8")
    decision.write_text(
        json.dumps({"decision": "The retention period for delivery records is 10 days."}), "utf-8"
    )
    told = council(installation, decision, disputed, "--plan", plan)
    assert (told["outcome"], [vote["duty"] for vote in told["votes"]]) == ("rejected", ["denial"])
    assert "10 days" in told["votes"][0]["reason"]


@pytest.mark.long
def test_a_runs_own_answer_can_be_put_to_another_council(
    installation: Installation, disputed: Path, tmp_path: Path
) -> None:
    status, report = run(installation, disputed, tmp_path, "note")
    answer = tmp_path / "report.json"
    answer.write_text(json.dumps(report), "utf-8")
    told = council(installation, answer, "--shards", ",".join(report["shards"]), "--plan", "guardians")
    assert status == 0
    assert told["question"] == QUESTION
    assert [each["statement"] for each in told["claims"]] == [each["statement"] for each in report["answer"]]
    assert {each["verdict"] for claim in told["claims"] for each in claim["citations"]} == {"verified"}


@pytest.mark.parametrize("given", ["no-such-file", "empty"])
def test_nothing_to_judge_is_refused_in_one_line(
    installation: Installation, disputed: Path, tmp_path: Path, given: str
) -> None:
    (tmp_path / "empty").touch()
    ended = installation.swarm("council", "ask", tmp_path / given, disputed)
    assert (ended.returncode, len(ended.stderr.splitlines())) == (2, 1)
