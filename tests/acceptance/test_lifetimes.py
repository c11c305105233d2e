"""The local stack lives as long as somebody uses it, and survives the death of any of its processes."""

import fcntl
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

import psutil
import pytest

from swarm_app.embedded import find, hold
from swarm_app.embedded.start import start
from swarm_app.errors import StackError
from swarm_app.keys import Keys
from swarm_app.settings import Settings, load
from swarm_app.stack import heir
from tests.acceptance.stack_helpers import (
    USES_AND_FORKS,
    User,
    child_pid,
    ended,
    mode,
    own_stack,
    processes,
    request,
    supervisor_pid,
    wait_until,
)


@pytest.fixture
def settings() -> Iterator[Settings]:
    with own_stack() as made:
        yield made


def say(path: Path, *words: str) -> str:
    """One command to the server, and its reply, in Redis's own protocol."""
    parts = "".join(f"${len(word)}\r\n{word}\r\n" for word in words)
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(path))
        connection.sendall(f"*{len(words)}\r\n{parts}".encode())
        return connection.recv(4096).decode()


def kill(pid: int | None) -> int:
    """Kill a process outright; its pid."""
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    return pid


def heirs(settings: Settings) -> list[int]:
    """The processes that would start the next supervisor."""
    found = (process for process in psutil.process_iter(["cmdline"]) if process.info["cmdline"])
    command = [heir.__file__, str(settings.control_socket)]
    return [process.pid for process in found if process.info["cmdline"][2:4] == command]


def kill_supervisor(settings: Settings) -> None:
    """Kill the supervisor, and wait until a user of it or its heir has started the next."""
    killed = kill(supervisor_pid(settings))
    wait_until(lambda: supervisor_pid(settings) not in {None, killed}, "another supervisor runs")


def test_two_users_who_start_at_once_share_one_supervisor_and_one_server(settings: Settings) -> None:
    with User(settings) as first, User(settings) as second:
        assert first.says() == second.says() == settings.broker_url
        users = {first.process.pid, second.process.pid}
        assert set(request(settings, "status")["users"]) == users
        wait_until(lambda: len(processes(settings)) == 3, "one supervisor, its heir and one server are left")


def test_the_stack_ends_after_its_last_user(settings: Settings) -> None:
    with User(settings) as first, User(settings) as second:
        first.says(), second.says()
        first.leave()
        assert processes(settings)
        second.leave()
        wait_until(lambda: not processes(settings), "the stack ends")
    assert not settings.control_socket.exists()


def test_a_user_who_is_killed_is_a_user_who_has_left(settings: Settings) -> None:
    with User(settings) as user:
        user.says()
        user.kill()
        wait_until(lambda: not processes(settings), "the stack ends")


def test_a_killed_server_comes_back_with_its_data(settings: Settings) -> None:
    with User(settings) as user:
        user.says()
        assert say(settings.server_socket, "SET", "remembered", "yes") == "+OK\r\n"
        killed = kill(child_pid(settings, "server"))
        wait_until(lambda: child_pid(settings, "server") not in {None, killed}, "another server runs")
        request(settings, "server")
        assert say(settings.server_socket, "GET", "remembered") == "$3\r\nyes\r\n"


def test_the_data_is_there_for_the_next_stack(settings: Settings) -> None:
    with User(settings) as user:
        user.says()
        say(settings.server_socket, "SET", "remembered", "yes")
        user.leave()
        wait_until(lambda: not processes(settings), "the stack ends")
    with User(settings) as user:
        user.says()
        assert say(settings.server_socket, "GET", "remembered") == "$3\r\nyes\r\n"


def test_a_killed_supervisor_leaves_no_orphan_and_its_users_get_the_next_one(settings: Settings) -> None:
    with User(settings) as user:
        user.says()
        say(settings.server_socket, "SET", "remembered", "yes")
        before = processes(settings)
        kill_supervisor(settings)
        wait_until(lambda: all(map(ended, before)), "the killed supervisor's processes end")
        request(settings, "server")
        assert say(settings.server_socket, "GET", "remembered") == "$3\r\nyes\r\n"
        wait_until(
            lambda: request(settings, "status")["users"] == [user.process.pid], "the user is there again"
        )


def test_a_pinned_stack_stays_without_users_and_comes_back_after_a_kill(settings: Settings) -> None:
    with User(settings) as user:
        user.says()
        request(settings, "pin")
        user.leave()
    kill_supervisor(settings)
    wait_until(lambda: request(settings, "status")["pinned"], "the next supervisor is pinned")
    wait_until(lambda: child_pid(settings, "server"), "the server runs again")


def test_a_killed_supervisor_that_nobody_needs_comes_back_only_to_end(settings: Settings) -> None:
    with User(settings) as user:
        user.says()
        user.leave()
    kill_supervisor(settings)
    wait_until(lambda: not processes(settings), "nothing is left")


def test_a_killed_heir_is_replaced(settings: Settings) -> None:
    with User(settings) as user:
        user.says()
        wait_until(lambda: heirs(settings), "the supervisor has an heir")
        killed = kill(heirs(settings)[0])
        wait_until(lambda: heirs(settings) not in ([], [killed]), "it has another")


def test_however_often_the_supervisor_is_killed_its_workers_come_back(settings: Settings) -> None:
    with User(settings) as user:
        user.says()
        request(settings, "workers", count=1)
        wait_until(lambda: child_pid(settings, "worker"), "the worker runs")
        worker = child_pid(settings, "worker")
        assert worker is not None
        for _ in range(3):
            kill_supervisor(settings)
        assert ended(worker)
        wait_until(lambda: child_pid(settings, "worker"), "another worker runs")


def test_a_killed_worker_is_started_again(settings: Settings) -> None:
    with User(settings) as user:
        user.says()
        request(settings, "workers", count=1)
        wait_until(lambda: child_pid(settings, "worker"), "the worker runs")
        killed = kill(child_pid(settings, "worker"))
        wait_until(lambda: child_pid(settings, "worker") not in {None, killed}, "another worker runs")


def test_the_stack_stays_without_users_while_a_run_is_active() -> None:
    with own_stack(linger=0) as settings, User(settings) as user:
        user.says()
        keys = Keys(settings.namespace)
        say(settings.server_socket, "SET", keys.run("run_1"), "{}")
        say(settings.server_socket, "SADD", keys.active(), "run_1")
        user.leave()
        wait_until(lambda: request(settings, "status")["users"] == [], "the user has left")
        say(settings.server_socket, "DEL", keys.run("run_1"))
        wait_until(lambda: not processes(settings), "the stack ends")


def test_the_stack_ends_soon_when_its_server_is_out_of_reach_and_never_told_of_a_run() -> None:
    with own_stack(redis_url="redis://127.0.0.1:1/0", linger=0) as settings, User(settings) as user:
        user.says()
        user.leave()
        wait_until(lambda: not processes(settings), "the stack ends")


def test_ctrl_c_and_a_closed_terminal_end_the_user_and_not_the_stack() -> None:
    with own_stack(linger=30) as settings, User(settings) as user:
        user.says()
        before = processes(settings)
        os.killpg(user.process.pid, signal.SIGINT)
        os.killpg(user.process.pid, signal.SIGHUP)
        user.process.communicate()
        assert processes(settings) == before


def test_the_child_of_a_fork_does_not_hold_what_its_parent_held(settings: Settings) -> None:
    with User(settings, USES_AND_FORKS) as user:
        child = int(user.says())
        try:
            user.leave()
            wait_until(lambda: not processes(settings), "the stack ends")
            assert not ended(child)
        finally:
            kill(child)


def test_down_ends_the_stack_though_it_is_in_use_and_no_user_brings_it_back(settings: Settings) -> None:
    with User(settings) as user:
        user.says()
        request(settings, "down")
        wait_until(lambda: not processes(settings), "the stack ends")
        assert user.process.poll() is None
        assert find(settings) is None


def test_who_comes_while_the_stack_ends_gets_the_next_one(settings: Settings) -> None:
    with User(settings) as user:
        user.says()
        first = supervisor_pid(settings)
        assert first is not None
        os.kill(first, signal.SIGTERM)
        with User(settings) as late:
            assert late.says() == settings.broker_url
            assert supervisor_pid(settings) != first


def test_nobody_else_can_open_the_stack(settings: Settings) -> None:
    with User(settings) as user:
        user.says()
        assert mode(settings.stack_dir) == mode(settings.server_socket) == "0o700"
        assert mode(settings.control_socket) == "0o600"


def test_a_supervisor_of_another_version_is_named_while_it_is_in_use(settings: Settings) -> None:
    with User(settings) as user:
        user.says()
        with pytest.raises(StackError, match=r"version 0\.0\.0.*swarm down"):
            request(settings, "hold", pid=os.getpid(), version="0.0.0")


def test_a_supervisor_of_another_version_makes_way_when_nobody_uses_it(settings: Settings) -> None:
    start(settings)
    first = supervisor_pid(settings)
    with pytest.raises(StackError, match="does not run"):
        request(settings, "hold", pid=os.getpid(), version="0.0.0")
    with User(settings) as user:
        user.says()
        assert supervisor_pid(settings) != first


def test_a_damaged_append_only_file_is_named_with_what_to_do(settings: Settings) -> None:
    damaged = settings.stack_dir / "data" / "appendonlydir" / "appendonly.aof.manifest"
    damaged.parent.mkdir(parents=True)
    damaged.write_text("not a manifest\n")
    lease = hold(settings)
    try:
        with pytest.raises(StackError, match="damaged: move that directory away") as raised:
            lease.request("server")
        assert str(settings.stack_dir / "data") in str(raised.value)
    finally:
        lease.release()


def test_a_second_server_never_opens_data_that_a_live_one_uses(settings: Settings) -> None:
    data = settings.stack_dir / "data"
    data.mkdir(parents=True)
    with (data / "lock").open("w") as other_server:
        fcntl.flock(other_server, fcntl.LOCK_EX)
        lease = hold(settings)
        try:
            with pytest.raises(StackError, match="Another server still uses that directory"):
                lease.request("server")
        finally:
            lease.release()
    assert not list(data.glob("appendonlydir"))


def test_a_state_directory_that_cannot_be_made_is_named() -> None:
    with NamedTemporaryFile() as file, pytest.raises(StackError, match="SWARM_STATE_DIR"):
        hold(load(state_dir=Path(file.name) / "state"))
