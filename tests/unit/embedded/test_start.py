from pathlib import Path

import pytest

from swarm_app.embedded import ensure_server
from swarm_app.embedded.start import SUPERVISED, environment, prepare
from swarm_app.errors import StackError, UsageError
from swarm_app.settings import Settings, load


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(state_dir=tmp_path / "state", redis_url=None, linger=7)


def test_a_started_process_reads_the_settings_of_its_starter(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SWARM_REDIS_URL", "redis://elsewhere")
    monkeypatch.setenv("SWARM_LINGER", "99")
    given = environment(settings)
    for name in ("SWARM_REDIS_URL", "SWARM_LINGER"):
        monkeypatch.delenv(name)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert load() == settings


def test_a_started_process_keeps_the_rest_of_the_environment(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANOTHER_VARIABLE", "kept")
    monkeypatch.setenv(SUPERVISED, "1")
    given = environment(settings)
    assert given["ANOTHER_VARIABLE"] == "kept"
    assert SUPERVISED not in given


def test_the_directory_is_for_its_user_only(settings: Settings) -> None:
    settings.stack_dir.mkdir(parents=True, mode=0o755)
    prepare(settings)
    assert settings.stack_dir.stat().st_mode & 0o777 == 0o700


def test_a_link_in_the_directory_s_place_is_refused(settings: Settings, tmp_path: Path) -> None:
    settings.state_dir.mkdir()
    settings.stack_dir.symlink_to(tmp_path)
    with pytest.raises(UsageError, match="not a directory of yours"):
        prepare(settings)


def test_a_directory_that_cannot_be_made_is_named_with_the_setting(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StackError, match=r"file/.*SWARM_STATE_DIR"):
        prepare(Settings(state_dir=tmp_path / "file" / "state"))


def test_a_path_too_long_for_a_socket_is_refused(tmp_path: Path) -> None:
    settings = Settings.model_construct(state_dir=tmp_path / ("x" * 100), redis_url=None, namespace="swarm")
    with pytest.raises(UsageError, match="too long for a Unix socket"):
        prepare(settings)


def test_with_a_server_of_one_s_own_nothing_is_started(tmp_path: Path) -> None:
    ensure_server(Settings(state_dir=tmp_path / "state", redis_url="redis://localhost"))
    assert not (tmp_path / "state").exists()


def test_what_a_supervisor_started_does_not_hold_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SUPERVISED, "1")
    ensure_server(settings)
    assert not settings.state_dir.exists()
