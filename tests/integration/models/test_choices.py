"""What `swarm engines` and `swarm doctor` say of models."""

import json
from pathlib import Path

import pytest
from llmock.scenarios import Fail, Match
from typer.testing import CliRunner

from swarm_app.cli.doctor.check import Level
from swarm_app.cli.doctor.engines import engines
from swarm_app.cli.main import app
from swarm_app.settings import current
from tests.vendors.server import Vendors

runner = CliRunner()


def test_the_models_of_each_account_are_listed_with_what_is_missing(
    server: Vendors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DEEPSEEK_API_KEY", raising=False)
    listed = json.loads(runner.invoke(app, ["engines", "--json"]).stdout)
    models = {each["name"]: each for each in listed["models"]}
    assert models["anthropic:claude-opus-4-5"]["missing"] == ""
    assert models["anthropic:claude-opus-4-5"]["window"] == 200_000
    assert models["anthropic:claude-opus-4-5"]["input_usd"] == 5.0
    assert "DEEPSEEK_API_KEY" in models["deepseek:deepseek-chat"]["missing"]
    assert "sk-test" not in str(listed)


def test_each_model_that_is_ready_is_tried_with_one_token(
    server: Vendors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DEEPSEEK_API_KEY", raising=False)
    checks = list(engines(current()))
    assert {check.level for check in checks} == {Level.OK}
    assert [check.detail.partition(" ")[2] for check in checks[2:]] == ["answers"] * 3
    sent = [record.body for record in server.state.journal.records()]
    assert len(sent) == 3
    assert all('": 1' in json.dumps(body) for body in sent)


def test_an_account_that_lists_no_model_is_shown_all_the_same(server: Vendors) -> None:
    listed = json.loads(runner.invoke(app, ["engines", "--json"]).stdout)
    tiny = next(each for each in listed["models"] if each["name"] == "tiny:MODEL")
    assert (tiny["window"], tiny["missing"]) == (2000, "name one of its models for MODEL")
    assert "tiny is not tried" in " ".join(check.detail for check in engines(current()))


def test_a_page_in_place_of_an_answer_is_no_answer(
    server: Vendors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a base URL leads to a site rather than to its API."""
    file = tmp_path / "models.toml"
    file.write_text(f'[home]\nbase_url = "{server.url}/docs#"\nmodels = ["m"]\n', "utf-8")
    monkeypatch.setenv("SWARM_MODELS", str(file))
    current.cache_clear()
    said = {check.detail for check in engines(current()) if check.level is Level.WARN}
    assert any(each.startswith("home:m: home ") for each in said), said


def test_a_model_that_does_not_answer_is_named_with_the_reason(
    server: Vendors, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.script.add(Fail(401, times=None, match=Match(provider="openai")))
    refused = [check for check in engines(current()) if check.level is not Level.OK]
    assert [check.level for check in refused] == [Level.WARN]
    assert "openai:gpt-5-mini: openai refuses the key" in refused[0].detail


def test_a_mistake_in_the_accounts_file_is_found(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWARM_MODELS", "/nowhere/models.toml")
    current.cache_clear()
    (check,) = engines(current())
    current.cache_clear()
    assert check.level is Level.FAIL
    assert "/nowhere/models.toml" in check.detail
