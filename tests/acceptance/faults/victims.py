"""Which process to kill: the pids of an installation's processes, by what they are."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import psutil

from swarm_app.errors import StackError
from tests.acceptance.faults.trial import Trial
from tests.acceptance.stack_helpers import processes, request, supervisor_pid


@dataclass(frozen=True)
class Fault:
    """Processes that were killed, with their children, which do not survive them; when (Unix seconds)."""

    at: float
    pids: frozenset[int]


def kill(*pids: int) -> Fault:
    """Kill processes outright; one that has ended meanwhile is as dead."""
    family = frozenset(pids).union(*map(_children, pids))
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return Fault(time.time(), family)


def _children(pid: int) -> set[int]:
    with suppress(psutil.NoSuchProcess):
        return {child.pid for child in psutil.Process(pid).children(recursive=True)}
    return set()


def holders(trial: Trial, run_id: str) -> list[int]:
    """The processes that work on a brief of a run."""
    return sorted({execution.pid for execution in trial.control.at_work(run_id)})


def children(trial: Trial, kind: str) -> list[int]:
    """The supervisor's processes of a kind that run now; none while no supervisor answers."""
    with suppress(AssertionError, StackError, ConnectionError):
        described = request(trial.settings, "status")["children"]
        return [child["pid"] for child in described if child["kind"] == kind and child["pid"]]
    return []


def _of(kind: str) -> Callable[[Trial], list[int]]:
    return lambda trial: children(trial, kind)


def _supervisor(trial: Trial) -> list[int]:
    return [pid for pid in [supervisor_pid(trial.settings)] if pid]


VICTIMS: dict[str, Callable[[Trial], list[int]]] = {
    "worker": _of("worker"),
    "shard": _of("shard"),
    "server": _of("server"),
    "supervisor": _supervisor,
    "everything": lambda trial: processes(trial.settings),
}
