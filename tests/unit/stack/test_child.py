import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from swarm_app.stack.child import Child

_SLEEP = [sys.executable, "-c", "import signal; print('up', flush=True); signal.pause()"]
_STUBBORN = [
    sys.executable,
    "-c",
    "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); signal.pause()",
]


async def until(true: Callable[[], object]) -> None:
    """Wait for a condition."""
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.01)


def with_child(command: list[str], log: Path, test: Callable[[Child], Awaitable[None]]) -> None:
    """Run a test beside a process that is kept alive, and end that process."""

    async def run() -> None:
        child = Child("worker", "1", command, log=log, changed=lambda: None)
        try:
            await test(child)
        finally:
            await child.stop(patience=0.1)

    asyncio.run(run())


def test_a_process_that_is_killed_is_started_again(tmp_path: Path) -> None:
    async def test(child: Child) -> None:
        await until(lambda: child.pid)
        killed = child.pid
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        await until(lambda: child.pid not in {None, killed})
        assert child.describe()["restarts"] == 1
        assert child.exit_status == -signal.SIGKILL
        assert not child.failing

    with_child(_SLEEP, tmp_path / "logs" / "a.log", test)


def test_a_process_that_ends_with_an_error_twice_in_a_row_is_failing(tmp_path: Path) -> None:
    async def test(child: Child) -> None:
        await until(lambda: child.failing)
        assert child.exit_status == 3

    with_child([sys.executable, "-c", "raise SystemExit(3)"], tmp_path / "logs" / "a.log", test)


def test_a_command_that_does_not_exist_is_failing_and_its_log_says_so(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "a.log"

    async def test(child: Child) -> None:
        await until(lambda: child.failing)
        assert "/no/such/command" in log.read_text() or "No such file" in log.read_text()

    with_child(["/no/such/command"], log, test)


def test_a_process_that_ignores_the_request_to_end_is_killed(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "a.log"

    async def test(child: Child) -> None:
        await until(lambda: log.exists() and "up" in log.read_text())
        await child.stop(patience=0.1)
        assert child.exit_status == -signal.SIGKILL
        assert child.pid is None

    with_child(_STUBBORN, log, test)


def test_a_stopped_process_is_not_started_again(tmp_path: Path) -> None:
    async def test(child: Child) -> None:
        await until(lambda: child.pid)
        await child.stop(patience=5)
        assert child.starts == 1
        assert not child.describe()["alive"]

    with_child(_SLEEP, tmp_path / "logs" / "a.log", test)


def test_two_processes_never_hold_the_same_lock(tmp_path: Path) -> None:
    first_log, second_log = tmp_path / "logs" / "1.log", tmp_path / "logs" / "2.log"

    async def run() -> None:
        lock = str(tmp_path / "lock")
        first = Child("server", "1", _SLEEP, log=first_log, changed=lambda: None, lock=lock)
        await until(lambda: first_log.exists() and "up" in first_log.read_text())
        second = Child("server", "2", _SLEEP, log=second_log, changed=lambda: None, lock=lock)
        await until(lambda: second_log.exists() and "is locked" in second_log.read_text())
        await first.stop(patience=5)
        await until(lambda: "up" in second_log.read_text())
        await second.stop(patience=5)

    asyncio.run(run())
