"""Budgets that end while models write what passes came to."""

import json
from collections import Counter
from typing import Any

import pytest

from tests.acceptance.installation import Installation
from tests.vendors.server import Vendors

QUESTION = "How does the nightly purge make sure that two purges never run at once?"
WRITER, OTHER = "anthropic:claude-opus-4-5", "google:gemini-2.5-pro"
SHORT = 7_000  # tokens: of the seven syntheses that `gedimat` has written, the first few
CALL = 4_000  # tokens that writing takes at most
SHORT_USD, CALL_USD = 0.045, 0.06
ASKED = ("research", QUESTION, "--shards", "archive")


def stopped(installation: Installation, *arguments: str) -> dict[str, Any]:
    """The partial report of a run that its budget stops."""
    ended = installation.swarm(*arguments, "--json")
    assert ended.returncode == 3, ended.stderr
    report: dict[str, Any] = json.loads(ended.stdout)
    assert "Partial report" in report["report"]["markdown"]
    assert report["state"] == "stopped"
    return report


def completed(
    installation: Installation, server: Vendors, partial: dict[str, Any], *more: str
) -> dict[str, Any]:
    """The report of the run, resumed; nothing that had been answered was asked again."""
    report: dict[str, Any] = installation.json("resume", partial["run_id"], *more)
    assert (report["state"], report["unwritten"]) == ("done", "")
    assert {each["finding_id"] for each in partial["findings"]} <= {
        each["finding_id"] for each in report["findings"]
    }
    assert max(Counter(asked.text for asked in server.script.answered).values()) == 1
    return report


def writers(report: dict[str, Any]) -> list[str | None]:
    return [each["synthesis_engine"] for each in report["passes"]]


@pytest.mark.parametrize(("kind", "short", "call"), [("tokens", SHORT, CALL), ("usd", SHORT_USD, CALL_USD)])
def test_the_run_stops_at_the_pass_whose_words_it_cannot_pay_and_goes_on_there(
    installation: Installation, server: Vendors, kind: str, short: float, call: float
) -> None:
    partial = stopped(installation, *ASKED, "--synthesis-engine", WRITER, f"--budget-{kind}", str(short))
    written = writers(partial).index("extractive")
    assert 0 < written < 6
    assert writers(partial) == [WRITER] * written + ["extractive"] + [None] * (7 - written)
    assert partial["stop_reason"] == f"budget_{kind}"
    assert partial["unwritten"]
    assert partial["answer"]
    assert partial["usage"]["by_engine"][WRITER][f"spent_{kind}"] <= short + call
    paid = len(server.script.answered)
    report = completed(installation, server, partial, f"--budget-{kind}", "100000")
    assert writers(report) == [WRITER] * 8
    assert len(server.script.answered) > paid == written


def test_a_budget_that_workers_and_writers_share_ends_for_both(
    installation: Installation, server: Vendors
) -> None:
    asked = (*ASKED, "--engine", OTHER, "--synthesis-engine", WRITER, "--plan", "quick")
    whole = installation.json(*asked)["usage"]["spent_tokens"]
    server.script.answered = []
    budget = whole * 2 // 3
    partial = stopped(installation, *asked, "--budget-tokens", str(budget))
    assert partial["stop_reason"] == "budget_tokens"
    assert partial["usage"]["spent_tokens"] <= budget + CALL
    completed(installation, server, partial, "--budget-tokens", str(10 * whole))


def test_the_next_writer_takes_over_from_one_whose_own_budget_is_spent(installation: Installation) -> None:
    both = ("--synthesis-engine", f"{WRITER},{OTHER}", "--budget-tokens", f"{WRITER}={SHORT}")
    report = installation.json(*ASKED, *both)
    assert (report["state"], report["answer_engine"], report["unwritten"]) == ("done", OTHER, "")
    assert set(writers(report)) == {WRITER, OTHER}
    assert report["usage"]["by_engine"][WRITER]["spent_tokens"] <= SHORT + CALL


def test_without_another_writer_the_passes_go_on_and_the_run_stops_at_its_answer(
    installation: Installation, server: Vendors
) -> None:
    asked = (*ASKED, "--synthesis-engine", WRITER, "--budget-tokens", f"{WRITER}={SHORT}")
    partial = stopped(installation, *asked)
    written = writers(partial).index("extractive")
    assert writers(partial) == [WRITER] * written + ["extractive"] * (7 - written) + [None]
    assert partial["stop_reason"] == "engine_budgets"
    assert partial["answer"]
    assert partial["usage"]["by_engine"][WRITER]["spent_tokens"] <= SHORT + CALL
    paid = len(server.script.answered)
    report = completed(installation, server, partial)
    assert (report["answer_engine"], len(server.script.answered)) == (WRITER, paid + 1)
    assert report["council"]["votes"]
