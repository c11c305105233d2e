"""An engine that works for a while, leaves a trace on disk of every execution, and misbehaves when told to.

A line is appended, and synced, before it works and another one after. What a brief does is named by a file
``mode-PASS.NUMBER`` in `SWARM_FAULTS`; otherwise it works for 0.2 to 2 s, the same time whoever does it.
"""

import json
import os
import signal
import time
import zlib
from collections.abc import Callable

from moments import FOLDER, come_by

from swarm_app.contracts.assist import Blocker
from swarm_app.contracts.context import Context
from swarm_app.contracts.documents import Citation
from swarm_app.contracts.help import Obstacle
from swarm_app.contracts.research import Brief, Draft, Kind
from swarm_app.errors import EngineError

SHORTEST, LONGEST = 0.2, 2.0  # seconds
_LOOK = 0.02
_VERY_LONG = 600.0
_SCALE = float(os.environ.get("SWARM_FAULTS_SCALE", "1"))


class FaultyEngine:
    """Cites one line that it was given by a shard and read again."""

    name = "faulty"
    summary = "works for a while and leaves a trace of every execution (for tests)"

    def investigate(self, brief: Brief, context: Context) -> Draft:
        """Work, and cite a line."""
        begun = time.time()
        _trace(brief, context, begun, None)
        try:
            citation = _cited(brief, context)
            come_by("working")
            _MODES[_mode(brief)](brief, context)
        finally:
            _trace(brief, context, begun, time.time())
        return Draft(kind=Kind.CLAIM, summary=citation.quote, confidence=0.5, citations=(citation,))


def _place(brief: Brief) -> str:
    return f"{brief.pass_number}.{brief.number}"


def _mode(brief: Brief) -> str:
    told = FOLDER / f"mode-{_place(brief)}"
    return told.read_text() if told.exists() else "work"


def _trace(brief: Brief, context: Context, begun: float, ended: float | None) -> None:
    attempt = (
        context._held.attempt
    )  # no engine's business; but whose claim it was decides what was done twice
    told = {"brief": brief.brief_id, "attempt": attempt, "pid": os.getpid(), "begun": begun, "ended": ended}
    line = json.dumps(told)
    descriptor = os.open(FOLDER / "executions.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, line.encode() + b"\n")
    os.fsync(descriptor)
    os.close(descriptor)


def _cited(brief: Brief, context: Context) -> Citation:
    for excerpt in context.search([brief.question], tokens=300)[0]:
        line = context.read(excerpt.path, excerpt.start, excerpt.start)
        if line is not None and len(line.text.strip()) >= 20:
            quote = line.text.strip()
            return Citation(path=line.path, start=line.start, end=line.end, quote=quote, sha256=line.sha256)
    raise EngineError("The shards hold no line of 20 characters about the question.")


def _seconds(brief: Brief) -> float:
    share = zlib.crc32(_place(brief).encode()) % 1000 / 999
    return _SCALE * (SHORTEST + share * (LONGEST - SHORTEST))


def _work(brief: Brief, context: Context) -> None:
    _until(_seconds(brief), context)
    while (FOLDER / "hold").exists() and context.remaining:
        time.sleep(_LOOK)


def _until(seconds: float, context: Context) -> None:
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        if not context.remaining:
            raise EngineError("Told to stop.")
        time.sleep(min(left, _LOOK))


def _slow(brief: Brief, context: Context) -> None:
    """Only the first to come is slow: a second worker is as fast as ever."""
    (FOLDER / f"mode-{_place(brief)}").unlink(missing_ok=True)
    _until(_VERY_LONG, context)


def _poison(brief: Brief, context: Context) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _blocked(brief: Brief, context: Context) -> None:
    raise Blocker("It is limited.", Obstacle.RATE_LIMIT)


_MODES: dict[str, Callable[[Brief, Context], None]] = {
    "work": _work,
    "poison": _poison,
    "hang": lambda _, context: _until(_VERY_LONG, context),
    "deaf": lambda _, context: time.sleep(_VERY_LONG),
    "slow": _slow,
    "blocked": _blocked,
}
