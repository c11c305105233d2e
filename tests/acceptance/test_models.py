"""Runs done by models of several vendors, over their own protocols."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest
from llmock.scenarios import Fail

from swarm_app.keys import Keys
from tests.acceptance.archive import archive
from tests.acceptance.installation import Installation
from tests.acceptance.keyspace import held
from tests.acceptance.refusals import refusal, remembered
from tests.acceptance.stack_helpers import wait_until
from tests.vendors.server import Vendors
from tests.vendors.storm import Pace, Storm

QUESTION = "How does the nightly purge make sure that two purges never run at once?"
ENGINES = ("openai:gpt-5-mini", "anthropic:claude-opus-4-5", "google:gemini-2.5-pro")
PATIENT = """
[patient]
base_url = "{url}/v1"
input_usd = 1.0
output_usd = 1.0
timeout_s = 60.0
"""
WRITER, WRITTEN = ENGINES[1], 7  # who writes syntheses, and of how many passes: votes say nothing new
ONE_CALL = 5_000  # tokens: a first call of a brief is let go, and hardly a second one
LARGEST_CALL = 8_000  # tokens that one call sets aside, at the most
KEYS = ("sk-test-openai-0001", "sk-test-anthropic-0002", "test-google-0003")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, server: Vendors) -> Iterator[Installation]:
    """An installation whose accounts lead to the vendors, with the library in its shard `archive`."""
    accounts = server.tables + PATIENT.format(url=server.url)
    with archive(tmp_path_factory.mktemp("archive"), accounts) as made:
        yield made


@pytest.fixture(scope="module")
def report(installation: Installation) -> dict[str, Any]:
    asked = ("research", QUESTION, "--shards", "archive", "--engine", ",".join(ENGINES))
    made: dict[str, Any] = installation.json(*asked, "--synthesis-engine", WRITER)
    return made


def test_one_run_mixes_three_vendors(report: dict[str, Any]) -> None:
    assert report["state"] == "done"
    assert len(report["findings"]) == 42
    assert [finding["summary"] for finding in report["findings"] if finding["kind"] == "failed"] == []
    assert {finding["engine"] for finding in report["findings"]} == set(ENGINES)


def test_every_line_that_a_model_cites_is_checked(report: dict[str, Any]) -> None:
    assert report["evidence"]["verified"] > 0
    assert {each["verdict"] for each in report["report"]["citations"]} == {"verified"}


def test_the_council_is_the_models(report: dict[str, Any]) -> None:
    assert report["council"]["outcome"] == "approved"
    assert len(report["council"]["votes"]) == 6


def test_usage_is_told_by_engine(report: dict[str, Any]) -> None:
    usage = report["usage"]
    assert set(usage["by_engine"]) == set(ENGINES)
    assert sum(each["briefs"] for each in usage["by_engine"].values()) == 42 + WRITTEN
    assert usage["worker_tokens"] > usage["synthesis_tokens"] > 0
    read_and_written = usage["input_tokens"] + usage["output_tokens"]
    assert usage["worker_tokens"] + usage["synthesis_tokens"] == read_and_written
    assert usage["cost_usd"] == pytest.approx(sum(each["cost_usd"] for each in usage["by_engine"].values()))
    assert usage["cost_usd"] > 0


def test_a_model_writes_the_answer_and_every_sentence_is_cited_or_marked(report: dict[str, Any]) -> None:
    assert report["answer_engine"] == WRITER
    verdicts = [each["verdict"] for said in report["answer"] for each in said["citations"]]
    assert len(verdicts) >= 2
    assert set(verdicts) == {"verified"}
    assert all(bool(said["citations"]) is not said["inference"] for said in report["answer"])
    answer = report["report"]["markdown"].partition("## Answer")[2].partition("\n## ")[0]
    told = answer.strip().split("\n\n")[1:]
    assert len(told) == len(report["answer"])
    assert all(re.search(r"\[\d+\]$|\(inference\)$", sentence) for sentence in told)
    assert told[-1].endswith("(inference)")


def test_each_pass_s_synthesis_is_the_model_s_with_a_receipt(
    installation: Installation, report: dict[str, Any]
) -> None:
    assert {each["synthesis_engine"] for each in report["passes"]} == {WRITER}
    assert [(each["pass"], each["engine"]) for each in report["syntheses"]] == [
        (number, WRITER) for number in range(1, WRITTEN + 1)
    ]
    told = installation.json("show", report["syntheses"][-1]["finding_id"], "--receipt")
    assert "You write for a research swarm" in told["prompt"]
    assert report["executions"]["executed"] == 42 + WRITTEN


def test_a_policy_gives_every_brief_to_the_engine_it_prefers(installation: Installation) -> None:
    asked = ("research", QUESTION, "--shards", "archive", "--engine", ",".join(ENGINES), "--plan", "quick")
    report = installation.json(*asked, "--policy", "cheapest", "--synthesis-engine", "strongest")
    assert {each["engine"] for each in report["findings"][:4]} == {ENGINES[0]}
    assert report["answer_engine"] == WRITER


def test_where_no_model_can_write_the_answer_is_extracted_and_says_why(installation: Installation) -> None:
    asked = ("research", QUESTION, "--shards", "archive", "--plan", "quick", "--synthesis-engine", "tiny:m")
    report = installation.json(*asked)
    assert (report["state"], report["answer_engine"]) == ("done", "extractive")
    assert "no claim fits into its context of 2000 tokens" in report["unwritten"]
    assert report["answer"]
    assert {each["kind"] for each in report["syntheses"]} == {"failed"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--policy", "cheap"), "Did you mean cheapest?"),
        (("--synthesis-engine", "nobody:model"), "no account 'nobody'"),
        (("--synthesis-engine", "strongest"), "No model is among the run's engines"),
    ],
)
def test_bad_routing_is_refused_before_anything_is_queued(
    installation: Installation, options: tuple[str, ...], words: str
) -> None:
    before = remembered(installation)
    assert words in refusal(installation.swarm("research", QUESTION, "--shards", "archive", *options))
    assert remembered(installation) == before


def test_a_receipt_holds_the_exact_prompt_and_output(
    installation: Installation, report: dict[str, Any]
) -> None:
    finding = report["findings"][0]
    told = installation.json("show", finding["finding_id"], "--receipt")
    assert QUESTION in told["prompt"]
    assert sha256(told["prompt"].encode()).hexdigest() == finding["receipt"]["prompt_sha256"]
    assert sha256(told["output"].encode()).hexdigest() == finding["receipt"]["output_sha256"]
    printed = installation.swarm("show", finding["finding_id"], "--receipt").stdout
    assert told["prompt"] in printed


def test_no_key_is_in_the_store_or_a_log(installation: Installation, report: dict[str, Any]) -> None:
    stored = held(installation)
    logs = "".join(file.read_text("utf-8") for file in installation.settings.state_dir.rglob("*.log"))
    assert report["run_id"] in stored
    assert [key for key in KEYS if key in stored or key in logs or key in str(report)] == []


def test_an_engine_without_its_key_is_refused_before_anything_is_queued(installation: Installation) -> None:
    before = remembered(installation)
    refused = installation.swarm(
        "research", QUESTION, "--shards", "archive", "--engine", "deepseek:deepseek-chat"
    )
    assert "DEEPSEEK_API_KEY" in refusal(refused)
    assert remembered(installation) == before


def test_a_key_that_is_refused_fails_every_brief_with_its_engine_s_name(
    installation: Installation, server: Vendors
) -> None:
    server.script.add(Fail(401, times=None))
    asked = ("research", QUESTION, "--shards", "archive", "--plan", "quick", "--engine", "openai:gpt-5-mini")
    report = installation.json(*asked, status=1)
    server.script.clear()
    assert {finding["kind"] for finding in report["findings"]} == {"failed"}
    assert all("openai:gpt-5-mini" in finding["summary"] for finding in report["findings"])


@pytest.mark.long
def test_a_storm_of_refusals_and_failures_costs_no_brief(installation: Installation, server: Vendors) -> None:
    server.script.storm, server.script.answered = Storm(), []
    asked = ("research", QUESTION, "--shards", "archive", "--engine", ",".join(ENGINES))
    report = installation.json(*asked)
    storm, server.script.storm = server.script.storm, None
    assert report["state"] == "done"
    assert [finding["summary"] for finding in report["findings"] if finding["kind"] == "failed"] == []
    assert (report["executions"]["executed"], report["executions"]["redelivered"]) == (42, 0)
    assert storm.had["refused"] > 20
    assert set(storm.had) == {"refused", "failed", "hanging", "malformed", "unknown", "cut", "dropped"}
    again = Counter(asked.text for asked in server.script.answered)
    assert max(again.values()) == 1, "nothing that had been answered was asked again"
    assert sum(share["failures"] for share in report["usage"]["by_engine"].values()) > 20


def test_a_budget_that_ends_in_the_third_pass_stops_the_run_softly_and_a_larger_one_lets_it_go_on(
    installation: Installation, server: Vendors
) -> None:
    server.script.answered = []
    budget = 23 * LARGEST_CALL // 10  # the first pass and one brief of the second leave too little for more
    asked = ("research", QUESTION, "--shards", "archive", "--engine", ENGINES[0], "--json")
    stopped = installation.swarm(*asked, "--budget-tokens", str(budget))
    assert stopped.returncode == 3, stopped.stderr
    partial = json.loads(stopped.stdout)
    assert "estimate:" in stopped.stderr
    assert "had been estimated" in partial["report"]["markdown"]
    assert partial["usage"]["estimate"]["tokens"] > 0
    assert (partial["state"], partial["stop_reason"]) == ("stopped", "budget_tokens")
    assert [each["synthesis"] is not None for each in partial["passes"]] == [True] * 3 + [False] * 5
    assert [each["reported"] for each in partial["passes"][:3]] == [5, 1, 0]
    assert partial["usage"]["spent_tokens"] <= budget + LARGEST_CALL
    assert "Partial report" in partial["report"]["markdown"]
    resumed = installation.json("resume", partial["run_id"], "--budget-tokens", str(100 * budget))
    assert resumed["state"] == "done"
    assert [each["synthesis"] is not None for each in resumed["passes"]] == [True] * 8
    assert {each["finding_id"] for each in partial["findings"]} < {
        each["finding_id"] for each in resumed["findings"]
    }
    assert len(resumed["findings"]) == 42
    again = Counter(asked.text for asked in server.script.answered)
    assert max(again.values()) == 1, "nothing that had been answered was asked again"
    assert resumed["usage"]["spent_tokens"] > budget


def test_the_next_engine_takes_over_from_one_whose_own_budget_is_spent(installation: Installation) -> None:
    both, question = ",".join(ENGINES[:2]), "Which lock keeps two purges of a night apart?"
    asked = ("research", question, "--shards", "archive", "--plan", "quick", "--engine", both)
    report = installation.json(*asked, "--budget-tokens", f"{ENGINES[0]}={ONE_CALL}")
    first, second = (report["usage"]["by_engine"][engine] for engine in ENGINES[:2])
    assert report["state"] == "done"
    assert [finding["summary"] for finding in report["findings"] if finding["kind"] == "failed"] == []
    assert 0 < first["spent_tokens"] <= ONE_CALL + LARGEST_CALL
    assert second["briefs"] > first["briefs"]


def test_a_run_stops_when_the_budgets_of_all_its_engines_are_spent(installation: Installation) -> None:
    question = "Who may run a purge by hand, and when?"
    asked = ("research", question, "--shards", "archive", "--plan", "quick", "--engine", ENGINES[0], "--json")
    stopped = installation.swarm(*asked, "--budget-tokens", f"{ENGINES[0]}={ONE_CALL}")
    assert stopped.returncode == 3, stopped.stderr
    partial = json.loads(stopped.stdout)
    assert (partial["state"], partial["stop_reason"]) == ("stopped", "engine_budgets")
    assert partial["usage"]["by_engine"][ENGINES[0]]["spent_tokens"] <= ONE_CALL + LARGEST_CALL
    larger = f"{ENGINES[0]}={100 * LARGEST_CALL}"
    resumed = installation.json("resume", partial["run_id"], "--budget-tokens", larger)
    assert resumed["state"] == "done"


def test_a_budget_for_an_engine_that_does_nothing_is_refused(installation: Installation) -> None:
    asked = ("research", QUESTION, "--shards", "archive", "--engine", ENGINES[0], "--budget-usd", "x:y=1")
    assert "A budget is given to x:y" in refusal(installation.swarm(*asked))


def test_calls_in_flight_are_cancelled_with_their_run(installation: Installation, server: Vendors) -> None:
    server.script.storm = Pace(mean=20.0)
    asked = ("research", QUESTION, "--shards", "archive", "--plan", "quick", "--engine", "patient:m")
    run_id = installation.swarm(*asked, "--detach").stdout.strip()
    store, keys = installation.store(), Keys(installation.settings.namespace)
    wait_until(lambda: store.client.zcard(keys.calls("patient")) > 0, "calls are in the air")
    installation.swarm("cancel", run_id)
    wait_until(lambda: store.client.zcard(keys.calls("patient")) == 0, "no call is in the air")
    server.script.storm = None
    answered, spent = store.client.zcard(keys.answered("patient")), store.budgets.spending(run_id)
    store.close()
    assert answered == 0
    assert spent[0].spent_usd > 0, "what was cut off is counted: its vendor may bill it"


def test_a_budget_in_dollars_is_refused_where_no_price_is_known(installation: Installation) -> None:
    before = remembered(installation)
    asked = ("research", QUESTION, "--shards", "archive", "--engine", "local:qwen", "--budget-usd", "1")
    assert "No price is known for local:qwen" in refusal(installation.swarm(*asked))
    assert remembered(installation) == before
