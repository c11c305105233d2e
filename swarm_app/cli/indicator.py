"""``swarm status --watch``: the context indicator, as one screen."""

from collections.abc import Iterator
from typing import Any

from swarm_app.plural import counted

_SHARDS, _RUNS = 12, 8  # shown; what is more is counted
_WIDTH = 60  # characters of a question


def screen(look: dict[str, Any]) -> str:
    """What `Indicator.look` saw, in lines."""
    return "\n".join((*_totals(look), "", *_shards(look), "", *_runs(look)))


def _totals(look: dict[str, Any]) -> Iterator[str]:
    workers, cache, usage, assists = look["workers"], look["cache"], look["usage"], look["assists"]
    asked = cache["hits"] + cache["misses"]
    waiting = [f"{name} {count}" for name, count in look["queues"].items() if count]
    yield _line("findings", f"{look['findings']['count']:,}, {look['findings']['tokens']:,} tokens")
    yield _line(
        "workers",
        f"{workers['busy']} busy, {workers['idle']} idle in {counted(workers['processes'], 'process')}",
    )
    yield _line("queues", ", ".join(waiting) or "empty")
    yield _line("cache", f"{cache['hits']:,} of {asked:,} searches answered from it")
    settled = f"{assists['solved']} solved, {assists['escalated']} escalated"
    yield _line("assists", f"{settled}, {assists['waiting']} waiting for help")
    yield _line("shared", _shared(look["discoveries"]))
    yield _line("tokens", f"workers {usage['worker_tokens']:,}, coordinator {usage['coordinator_tokens']:,}")
    for name, used in usage["by_engine"].items():
        yield _line("cost", f"{name} ${used['cost_usd']:.4f}, {int(used['findings'])} findings")


def _shared(found: dict[str, Any]) -> str:
    asked = found["hits"] + found["misses"]
    saved = f", {found['saved_tokens']:,} tokens of models saved" if found["saved_tokens"] else ""
    return f"{found['hits']:,} of {asked:,} searches, excerpts and calls of these runs{saved}"


def _shards(look: dict[str, Any]) -> Iterator[str]:
    shards = look["shards"]
    if not shards:
        yield _line("shards", "none")
    for shard in shards[:_SHARDS]:
        held = (
            f"{shard['tokens']:,} of {shard['capacity']:,} tokens, {counted(shard['documents'], 'document')}"
        )
        served = counted(shard["nodes"], "node") if shard["nodes"] else "nobody serves it"
        yield _line("shard", f"{shard['name']}: {held}, {served}")
    if len(shards) > _SHARDS:
        yield _line("shard", f"and {len(shards) - _SHARDS} more")


def _runs(look: dict[str, Any]) -> Iterator[str]:
    if not look["runs"]:
        yield _line("runs", "none")
    for run in look["runs"][:_RUNS]:
        stands = f"{run['run_id']} {run['state']}, pass {run['pass']} of {run['passes']} {run['pass_name']}"
        yield _line("run", f"{stands}: {run['reported']} of {run['workers']} reported, {run['busy']} at work")
        yield _line("", _short(run["question"]))
    if len(look["runs"]) > _RUNS:
        yield _line("run", f"and {len(look['runs']) - _RUNS} more")


def _line(label: str, text: str) -> str:
    return f"{label:<9} {text}"


def _short(question: str) -> str:
    return question if len(question) <= _WIDTH else f"{question[: _WIDTH - 1]}…"
