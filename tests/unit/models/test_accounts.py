"""Accounts: where models are reached, and with which keys."""

from pathlib import Path

import pytest

from swarm_app.embedded.start import environment
from swarm_app.errors import EngineError, UnknownError, UsageError
from swarm_app.settings import load
from tests.unit.models.minds import file_of
from workers.models.accounts import accounts
from workers.models.named import named
from workers.models.prices import cost, window


def test_a_vendor_s_key_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-secret")
    assert named("anthropic:claude-opus-4-5", None).account.secret == "sk-secret"


def test_an_engine_without_its_key_is_refused_with_the_variable_s_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(EngineError, match="OPENAI_API_KEY"):
        named("openai:gpt-5-mini", None)


def test_an_endpoint_of_one_s_own_is_an_account(tmp_path: Path) -> None:
    file = file_of(tmp_path, '[home]\nbase_url = "http://127.0.0.1:8080/v1"\ncontext = 4096\n')
    found = named("home:qwen", file)
    assert (found.model, window(found), cost(found, 1000, 10)) == ("qwen", 4096, None)


def test_a_vendor_can_be_reached_elsewhere_with_the_rest_as_it_was(tmp_path: Path) -> None:
    found = accounts(file_of(tmp_path, '[anthropic]\nbase_url = "http://127.0.0.1:1"\n'))["anthropic"]
    assert (found.protocol, found.key_env) == ("anthropic", "ANTHROPIC_API_KEY")


def test_an_unknown_account_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownError, match="Did you mean anthropic"):
        named("antropic:claude", None)


def test_an_engine_s_name_without_a_model_is_refused() -> None:
    with pytest.raises(UnknownError, match="openai:MODEL"):
        named("openai:", None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[home]\nbase_url = 3\n", r"\[home\], field base_url"),
        ("[home]\nsecret = 'sk-live'\n", r"\[home\], field secret: there is no such field\."),
        (
            "[home]\nbase_ulr = 'sk-live'\n",
            r"field base_ulr: there is no such field; perhaps base_url is meant",
        ),
        ("[home]\nbase_url = '127.0.0.1:8080'\n", r"field base_url: it begins with http:// or https://"),
        (
            "[home]\nprotocol = 'opnai'\n",
            r"field protocol: Input should be 'openai', 'anthropic' or 'google'",
        ),
        ("[home]\ninput_usd = 1.0\n", r"\[home\]: input_usd and output_usd are stated together"),
        ("[home]\ntimeout_s = inf\n", r"field timeout_s: Input should be a finite number"),
        ("home = 3\n", "'home' is no account"),
        ("['ho me']\nkey = 'sk-live'\n", "'ho me' is no account"),
        ("[home]\nmodels = 'sk-live'\n", r"field models: Input should be a list"),
        ("[home\n", "not TOML"),
    ],
)
def test_a_mistake_in_the_file_is_named_without_what_stands_there(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(UsageError, match=words) as raised:
        accounts(file_of(tmp_path, text))
    assert "sk-live" not in str(raised.value)


@pytest.mark.parametrize("key", ["sk-live\\nsk-live", "sk-livé", "sk-live two"])
def test_what_cannot_be_a_key_is_no_key_and_is_not_shown(tmp_path: Path, key: str) -> None:
    with pytest.raises(EngineError, match="its key, which has characters that no key has") as raised:
        named("home:m", file_of(tmp_path, f'[home]\nkey = "{key}"\n'))
    assert "sk-liv" not in str(raised.value)


def test_white_space_around_a_key_is_no_part_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", " sk-live\r\n")
    assert named("openai:gpt-5-mini", None).account.secret == "sk-live"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="SWARM_MODELS"):
        accounts(tmp_path / "none.toml")


def test_a_file_named_from_here_is_found_by_processes_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_of(tmp_path, "")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SWARM_MODELS", "models.toml")
    assert environment(load())["SWARM_MODELS"] == str(tmp_path / "models.toml")


def test_a_key_is_not_in_what_an_account_looks_like(tmp_path: Path) -> None:
    found = accounts(file_of(tmp_path, "[home]\nkey = 'sk-live'\n"))["home"]
    assert "sk-live" not in repr(found)
    assert "sk-live" not in found.model_dump_json()


def test_a_price_comes_from_the_list_unless_the_account_states_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    stated = file_of(tmp_path, "[openai]\ninput_usd = 1.0\noutput_usd = 2.0\n")
    assert cost(named("openai:gpt-5-mini", None), 1_000_000, 0) == pytest.approx(0.25)
    assert cost(named("openai:gpt-5-mini", stated), 1_000_000, 1_000_000) == pytest.approx(3.0)
