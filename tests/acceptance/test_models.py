"""Runs done by models of several vendors, over their own protocols."""

from collections.abc import Iterator
from typing import Any

import pytest
from llmock.scenarios import Fail

from tests.acceptance.installation import Installation, installed
from tests.acceptance.library import write
from tests.acceptance.refusals import refusal, remembered
from tests.vendors.server import Vendors, diligent, vendors

QUESTION = "How does the nightly purge make sure that two purges never run at once?"
ENGINES = ("openai:gpt-5-mini", "anthropic:claude-opus-4-5", "google:gemini-2.5-pro")
KEYS = ("sk-test-openai-0001", "sk-test-anthropic-0002", "test-google-0003")


@pytest.fixture(scope="module")
def server() -> Iterator[Vendors]:
    with vendors(diligent) as made:
        yield made


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, server: Vendors) -> Iterator[Installation]:
    """An installation whose accounts lead to the vendors, with the library in its shard `archive`."""
    file = tmp_path_factory.mktemp("accounts") / "models.toml"
    file.write_text(server.tables, "utf-8")
    with installed(models=file, linger=120) as made:
        made.swarm("shard", "load", "archive", write(tmp_path_factory.mktemp("library") / "archive"))
        yield made


@pytest.fixture(scope="module")
def report(installation: Installation) -> dict[str, Any]:
    asked = ("research", QUESTION, "--shards", "archive", "--engine", ",".join(ENGINES))
    made: dict[str, Any] = installation.json(*asked)
    return made


def test_one_run_mixes_three_vendors(report: dict[str, Any]) -> None:
    assert report["state"] == "done"
    assert len(report["findings"]) == 42
    assert {finding["engine"] for finding in report["findings"]} == set(ENGINES)
    assert "failed" not in {finding["kind"] for finding in report["findings"]}


def test_every_line_that_a_model_cites_is_checked(report: dict[str, Any]) -> None:
    assert report["evidence"]["verified"] > 0
    assert {each["verdict"] for each in report["report"]["citations"]} == {"verified"}


def test_the_council_is_the_models(report: dict[str, Any]) -> None:
    assert report["council"]["outcome"] == "approved"
    assert len(report["council"]["votes"]) == 6


def test_usage_is_told_by_engine(report: dict[str, Any]) -> None:
    usage = report["usage"]
    assert set(usage["by_engine"]) == set(ENGINES)
    assert sum(each["briefs"] for each in usage["by_engine"].values()) == 42
    assert usage["cost_usd"] == pytest.approx(sum(each["cost_usd"] for each in usage["by_engine"].values()))
    assert usage["cost_usd"] > 0


def test_no_key_is_in_the_store_or_a_log(installation: Installation, report: dict[str, Any]) -> None:
    store = installation.store()
    held = "".join(repr(_value(store.client, key)) for key in store.client.scan_iter())
    store.close()
    logs = "".join(file.read_text("utf-8") for file in installation.settings.state_dir.rglob("*.log"))
    assert report["run_id"] in held
    assert [key for key in KEYS if key in held or key in logs or key in str(report)] == []


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
    report = installation.json(*asked)
    server.script.clear()
    assert {finding["kind"] for finding in report["findings"]} == {"failed"}
    assert all("openai:gpt-5-mini" in finding["summary"] for finding in report["findings"])


def _value(client: Any, key: str) -> object:
    readers = {
        "string": client.get,
        "hash": client.hgetall,
        "list": lambda key: client.lrange(key, 0, -1),
        "set": client.smembers,
        "zset": lambda key: client.zrange(key, 0, -1),
        "stream": client.xrange,
    }
    return readers[client.type(key)](key)
