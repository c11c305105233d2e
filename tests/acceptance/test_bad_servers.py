"""A server of the user's own, and every way in which a server can be of no use."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
import redis

from tests.acceptance.installation import installed
from tests.acceptance.library import write
from tests.acceptance.refusals import refusal
from tests.acceptance.servers import too_old, with_login
from tests.acceptance.stack_helpers import child_pid, request, wait_until

QUESTION = "How does the nightly purge make sure that two purges never run at once?"
USER, PASSWORD = "us:er", "p@ss:w/rd#1%"
LOGIN = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@"
DISK = 24_000_000  # bytes

# SWARM_ variables -> words of the line that refuses them.
SETTINGS = {
    "a URL of another kind": ({"SWARM_REDIS_URL": "http://localhost"}, "must begin with redis://"),
    "a database that is no number": ({"SWARM_REDIS_URL": "redis://127.0.0.1:1/a"}, "database 'a'"),
    "a port that is no number": ({"SWARM_REDIS_URL": "redis://127.0.0.1:port/0"}, "the port is not a number"),
    "nobody at the address": ({"SWARM_REDIS_URL": "redis://127.0.0.1:1/0"}, "is unreachable"),
    "no such host": ({"SWARM_REDIS_URL": "redis://no.such.invalid:6379/0"}, "is unreachable"),
    "a namespace with a colon": ({"SWARM_NAMESPACE": "a:b"}, "SWARM_NAMESPACE"),
    "a state directory in a file": ({"SWARM_STATE_DIR": "/dev/null/swarm"}, "SWARM_STATE_DIR"),
    "a state directory too long": ({"SWARM_STATE_DIR": f"/tmp/{'long' * 30}"}, "too long"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("library") / "archive")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[redis.Redis]:
    with with_login(tmp_path_factory.mktemp("valkey"), user=USER, password=PASSWORD) as client:
        yield client


def url(server: redis.Redis, login: str, database: int = 0) -> str:
    return f"redis://{login}127.0.0.1:{server.connection_pool.connection_kwargs['port']}/{database}"


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of its own with room for `DISK` bytes; skips the test where none can be made."""
    if os.getuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        wait_until(lambda: _unmounted(folder), "nobody uses the small disk any more")


def _unmounted(folder: Path) -> bool:
    return subprocess.run(["umount", folder], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("case", SETTINGS)
def test_a_bad_setting_is_refused_by_its_name(folder: Path, case: str) -> None:
    variables, words = SETTINGS[case]
    with installed(variables) as installation:
        assert words in refusal(installation.swarm("research", QUESTION, folder))


@pytest.mark.parametrize("command", [["worker"], ["inspect", "ping"], ["flower"]])
def test_plain_celery_refuses_a_bad_setting_as_we_do(command: list[str]) -> None:
    with installed({"SWARM_REDIS_URL": "redis://127.0.0.1:port/0"}) as installation:
        assert "the port is not a number" in refusal(installation.celery(*command))


def test_a_python_program_that_uses_the_app_gets_an_error_to_catch() -> None:
    with installed({"SWARM_LEASE": "soon"}) as installation:
        ended = installation.python("from swarm_app import app; app.conf.broker_url")
    assert "swarm_app.errors.UsageError: Settings: SWARM_LEASE" in ended.stderr


def test_a_server_that_is_too_old_is_refused_with_the_version_needed(folder: Path) -> None:
    with too_old() as address, installed(redis_url=address) as installation:
        said = refusal(installation.swarm("research", QUESTION, folder))
    assert "6.2 or newer" in said


def test_a_stack_that_is_of_no_use_is_not_kept() -> None:
    with installed(redis_url="redis://127.0.0.1:1/0") as installation:
        assert "is unreachable" in refusal(installation.swarm("up"))
        assert request(installation.settings, "status")["pinned"] is False


@pytest.mark.parametrize("login", ["", f"{quote(USER, safe='')}:wrong@"])
def test_a_wrong_login_is_refused_and_not_shown(server: redis.Redis, folder: Path, login: str) -> None:
    with installed(redis_url=url(server, login)) as installation:
        said = refusal(installation.swarm("research", QUESTION, folder))
    assert "refused the user or password" in said
    assert "wrong" not in said


def test_a_login_that_may_not_write_is_told_what_it_may_not(server: redis.Redis, folder: Path) -> None:
    server.acl_setuser("reader", enabled=True, passwords=["+r"], keys=["*"], commands=["+@read", "+info"])
    with installed(redis_url=url(server, "reader:r@", 7)) as installation:
        said = refusal(installation.swarm("research", QUESTION, folder))
    assert "does not permit this user" in said


def test_a_server_of_the_users_own_is_used_with_user_password_and_database(
    server: redis.Redis, folder: Path
) -> None:
    with installed(redis_url=url(server, LOGIN, 3)) as installation:
        report = installation.json("research", QUESTION, folder, "--plan", "quick")
        assert report["state"] == "done"
        assert report["report"]["citations"]
        assert child_pid(installation.settings, "server") is None
        assert PASSWORD not in installation.swarm("status").stdout
    assert set(server.info("keyspace")) == {"db3"}


def test_a_full_server_says_so_and_stores_nothing(server: redis.Redis, folder: Path) -> None:
    server.config_set("maxmemory", "1mb")
    try:
        with installed(redis_url=url(server, LOGIN, 4)) as installation:
            said = refusal(installation.swarm("research", QUESTION, folder))
    finally:
        server.config_set("maxmemory", "0")
    assert "raise its memory limit" in said
    assert "db4" not in server.info("keyspace")


def test_a_full_disk_under_the_embedded_server_is_named(tmp_path: Path, folder: Path) -> None:
    with small_disk(tmp_path), installed(state_dir=tmp_path / "s") as installation:
        (tmp_path / "filler").write_bytes(bytes(DISK // 2))
        said = refusal(installation.swarm("research", QUESTION, folder))
    assert f"The disk of {tmp_path}" in said
    assert "is full" in said


def test_a_disk_that_fills_while_documents_are_stored_leaves_the_shards_as_they_were(
    tmp_path: Path, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    large = tmp_path_factory.mktemp("large")
    for number in range(3):
        (large / f"{number}.txt").write_text(f"{number}{' ' * 10_000}end\n" * 800, "utf-8")
    with small_disk(tmp_path), installed(state_dir=tmp_path / "s", linger=60) as installation:
        installation.json("ask", QUESTION, folder)
        before = installation.json("shard", "list")
        said = refusal(installation.swarm("shard", "load", "large", large, "--capacity", "90000000"))
        assert "is full" in said
        subprocess.run(["mount", "-o", f"remount,size={4 * DISK}", tmp_path], check=True)
        assert installation.json("shard", "list") == before
        assert installation.json("ask", QUESTION, folder)["excerpts"]
