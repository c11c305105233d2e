"""Who did what, where a plan or a policy says who is to."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.installation import Installation

QUESTION = "How does the nightly purge make sure that two purges never run at once?"
OPENAI, ANTHROPIC, GOOGLE = "openai:gpt-5-mini", "anthropic:claude-opus-4-5", "google:gemini-2.5-pro"
SMALL = "small:m"  # see `conftest`
ASKED = ("research", QUESTION, "--shards", "archive")
PLAN = f"""
name = "mine"
summary = "Each pass by somebody else"
[routing]
synthesis = "{GOOGLE}"
[routing.roles]
analyse = "{ANTHROPIC}"
[[passes]]
name = "First"
role = "signal"
workers = 2
[[passes]]
name = "Second"
role = "analyse"
workers = 2
[[passes]]
name = "Third"
role = "deepen"
workers = 2
engine = "extractive"
synthesis = "{OPENAI}"
"""
JUDGED = f"""
name = "judged"
summary = "Two vendors make claims, and all three might check them"
[[passes]]
name = "Signal Capture"
role = "signal"
workers = 4
engine = "{OPENAI},{ANTHROPIC}"
[[passes]]
name = "Rigor"
role = "corroborate"
workers = 4
"""


def engines(report: dict[str, Any]) -> dict[int, set[str]]:
    """Who did the briefs of each pass."""
    found = defaultdict(set)
    for finding in report["findings"]:
        found[finding["pass"]].add(finding["engine"])
    return dict(found)


def test_a_plan_names_engines_by_pass_and_by_role_and_who_writes(
    installation: Installation, tmp_path: Path
) -> None:
    (tmp_path / "mine.toml").write_text(PLAN, "utf-8")
    report = installation.json(*ASKED, "--plan", tmp_path / "mine.toml", "--engine", OPENAI)
    assert engines(report) == {1: {OPENAI}, 2: {ANTHROPIC}, 3: {"extractive"}}
    assert [each["synthesis_engine"] for each in report["passes"]] == [GOOGLE, GOOGLE, OPENAI]


@pytest.mark.parametrize(
    ("policy", "engine"), [("cheapest", OPENAI), ("strongest", ANTHROPIC), ("largest-context", GOOGLE)]
)
def test_a_policy_gives_all_briefs_to_the_engine_that_it_prefers(
    installation: Installation, policy: str, engine: str
) -> None:
    named = ",".join((ANTHROPIC, GOOGLE, OPENAI))
    report = installation.json(*ASKED, "--plan", "quick", "--engine", named, "--policy", policy)
    assert engines(report)[1] == {engine}


def test_who_checks_a_claim_is_of_another_account_than_who_made_it(
    installation: Installation, tmp_path: Path
) -> None:
    (tmp_path / "judged.toml").write_text(JUDGED, "utf-8")
    named = ",".join((OPENAI, GOOGLE, ANTHROPIC))
    report = installation.json(*ASKED, "--plan", tmp_path / "judged.toml", "--engine", named)
    store = installation.store()
    judging = [each for each in store.runs.findings(report["run_id"]) if each.supports]  # all others go on
    store.close()
    assert engines(report)[1] == {OPENAI, ANTHROPIC}
    assert {each.engine for each in judging} == {GOOGLE}


def test_what_does_not_fit_a_small_window_is_left_out_and_the_coverage_says_so(
    installation: Installation,
) -> None:
    report = installation.json(*ASKED, "--plan", "quick", "--engine", SMALL)
    assert [each["kind"] for each in report["findings"] if each["kind"] == "failed"] == []
    assert report["usage"]["by_engine"][SMALL]["left_out"] > 0
    coverage = report["report"]["markdown"].partition("## Coverage")[2].partition("\n## ")[0]
    assert "left out where a model's window was full" in coverage
