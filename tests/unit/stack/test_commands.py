import sys
from pathlib import Path

import pytest

from swarm_app.settings import Settings
from swarm_app.stack import commands


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(state_dir=tmp_path, redis_url=None, concurrency=5)


def test_a_worker_consumes_research_and_assist_under_a_name_of_its_own(settings: Settings) -> None:
    words = commands.command("worker", "3", settings)
    assert words[:6] == [sys.executable, "-m", "celery", "-A", "swarm_app", "worker"]
    assert words[words.index("-Q") + 1] == "research,assist"
    assert words[words.index("-n") + 1] == "worker-3@%h"
    assert words[words.index("-c") + 1] == "5"


def test_flower_listens_on_this_machine_only(settings: Settings) -> None:
    words = commands.command("flower", "5555", settings)
    assert {"--address=127.0.0.1", "--port=5555"} <= set(words)


def test_a_shard_is_served_by_its_node(settings: Settings) -> None:
    assert commands.command("shard", "history", settings) == [sys.executable, "-m", "shard", "history"]


def test_the_server_listens_on_no_port_and_syncs_every_write(settings: Settings) -> None:
    words = commands.command("server", "embedded", settings)
    options = dict(zip(words[1::2], words[2::2], strict=True))
    assert options["--port"] == "0"
    assert (options["--appendonly"], options["--appendfsync"]) == ("yes", "always")
    assert options["--maxmemory-policy"] == "noeviction"
    assert options["--unixsocket"] == str(settings.server_socket)
