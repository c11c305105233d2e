"""A run's events as plain lines, for logs and wherever there is no terminal."""

import time
from collections.abc import Callable
from typing import Any

from swarm_app.contracts.run import Event
from swarm_app.plural import counted

_Words = Callable[[dict[str, Any]], str]


def line(event: Event) -> str | None:
    """``12:04:05 …`` in local time; None for a kind of event that is not worth a line."""
    words = _WORDS.get(event.type)
    if words is None:
        return None
    return f"{time.strftime('%H:%M:%S', time.localtime(event.at))} {words(event.data)}"


def _queued(data: dict[str, Any]) -> str:
    return (
        f"queued: plan {data['plan']}, engine {data['engine']}, {counted(data['documents'], 'document')}, "
        f"{counted(data['tokens'], 'token')} in {counted(len(data['shards']), 'shard')}"
    )


def _opened(data: dict[str, Any]) -> str:
    return f"pass {data['pass']} {data['name']}: {counted(data['workers'], 'worker')}"


def _reported(data: dict[str, Any]) -> str:
    source = f" ({data['source']})" if data.get("source") else ""
    what = f"{data['kind']} {data['confidence']:.2f}"
    return f"  {data['pass']}.{data['number']} {what}: {data['summary']}{source}"


def _failed(data: dict[str, Any]) -> str:
    return f"  {data['pass']}.{data['number']} failed: {data['reason']}"


def _synthesised(data: dict[str, Any]) -> str:
    return f"pass {data['pass']} {data['name']} done in {data['seconds']:.1f} s: {data['summary']}"


def _reopened(data: dict[str, Any]) -> str:
    return f"pass {data['pass']} {data['name']} goes on where a limit cut it short"


def _event(words: str) -> _Words:
    def told(data: dict[str, Any]) -> str:
        return f"  {data['pass']}.{data['number']} {words.format(**data)}"

    return told


def _hung(data: dict[str, Any]) -> str:
    hung = counted(data["lost"], "engine")
    return f"{data['worker']}: {hung} hung; it starts anew when its other briefs have ended"


def _weak(data: dict[str, Any]) -> str:
    return f"server: {data['detail']}. {data['mend']}"


def _ended(state: str) -> _Words:
    def words(data: dict[str, Any]) -> str:
        return f"run {state}: {data['reason']}" if data.get("reason") else f"run {state}"

    return words


_WORDS: dict[str, _Words] = {
    "run.queued": _queued,
    "pass.opened": _opened,
    "brief.reported": _reported,
    "brief.failed": _failed,
    "brief.lost": _event("lost with its worker {worker}; it is given out again"),
    "brief.returned": _event("given back by a worker that stops; it is given out again"),
    "brief.hedged": _event("is slow: {worker} has it too"),
    "brief.late": _event("reported late: merged into the next synthesis"),
    "brief.blocked": _event("is blocked ({obstacle}): {details}"),
    "assist.offered": _event("help is asked for: {strategies}"),
    "assist.lost": _event("an assist was lost with its worker {worker}; it is given out again"),
    "assist.failed": _event("an assist came to nothing: {reason}"),
    "assist.solved": _event("solved by {worker} ({strategy}); it is resumed"),
    "brief.escalated": _event("nobody could help: {reason}"),
    "worker.hung": _hung,
    "server.weak": _weak,
    "pass.synthesised": _synthesised,
    "pass.reopened": _reopened,
    **{f"run.{state}": _ended(state) for state in ("done", "stopped", "failed", "cancelled")},
}
