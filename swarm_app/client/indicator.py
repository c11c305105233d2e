"""The context indicator: what the swarm holds and does, in numbers that are cheap to look up again and again.

A finding is read once, however often one looks; the rest is counted by the server.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from swarm_app import queues
from swarm_app.contracts.discoveries import Discoveries
from swarm_app.contracts.documents import Shard
from swarm_app.contracts.nodes import Node
from swarm_app.contracts.research import Finding
from swarm_app.contracts.run import Progress, Run, Unused
from swarm_app.report.account import BYTES_PER_TOKEN, in_tokens, received
from swarm_app.store.counts import Count
from swarm_app.store.store import Store
from tasks import chords

Waiting = Callable[[Sequence[str]], dict[str, int]]  # names of queues -> messages in each


@dataclass
class _Tally:
    """What the findings of one run amount to, as far as they were read."""

    findings: int = 0
    bytes: int = 0
    by_engine: dict[str, dict[str, float]] = field(
        default_factory=lambda: defaultdict(lambda: {"findings": 0, "tokens": 0, "cost_usd": 0.0})
    )

    def add(self, stored: str) -> None:
        """Count one more finding, as JSON."""
        finding = Finding.model_validate_json(stored)
        engine = self.by_engine[finding.engine]
        engine["findings"] += 1
        engine["tokens"] += finding.input_tokens + finding.output_tokens
        engine["cost_usd"] += finding.cost_usd
        self.findings += 1
        self.bytes += len(stored.encode())


class Indicator:
    """Looks at shards, workers, queues, and the runs that are active or the latest."""

    def __init__(self, store: Store, waiting: Waiting | None = None) -> None:
        """``waiting`` counts the messages in queues, by default the broker's."""
        self._store = store
        self._waiting = waiting or chords.waiting
        self._runs: dict[str, Run] = {}
        self._tallies: dict[str, _Tally] = {}

    def look(self) -> dict[str, Any]:
        """Everything at this moment; what nodes say of themselves is two seconds old at the most."""
        nodes, shards = self._store.nodes.alive(), self._store.shards.all()
        counts = self._store.counts.of(self._page())
        busy = self._store.counts.busy(counts)
        tallies = [self._tally(each.run.run_id) for each in counts]
        vain = [self._store.assists.unused(each.run.run_id) for each in counts if each.progress.blocked]
        return {
            "shards": [_shard(shard, nodes) for shard in shards],
            "workers": _workers(nodes, sum(busy)),
            "queues": self._waiting(
                [queues.RESEARCH, queues.ASSIST, *(queues.shard_queue(each.name) for each in shards)]
            ),
            "cache": {
                name: sum(node.tallies.get(f"cache_{name}", 0) for node in nodes)
                for name in ("hits", "misses")
            },
            "assists": _assists(counts),
            "discoveries": _discoveries(
                [self._store.discoveries.counted(each.run.run_id) for each in counts]
            ),
            "findings": {
                "count": sum(each.findings for each in tallies),
                "tokens": sum(each.bytes for each in tallies) // BYTES_PER_TOKEN,
            },
            "usage": _usage(tallies, vain, self._received(counts)),
            "runs": [_run(each, held) for each, held in zip(counts, busy, strict=True)],
        }

    def _received(self, counts: Sequence[Count]) -> int:
        """Bytes that coordinators of these runs received, as their reports tell it."""
        told = self._store.conclusions.sizes([each.run.run_id for each in counts])
        return sum(received(each.progress, size) for each, size in zip(counts, told, strict=True))

    def _page(self) -> list[tuple[Run, Progress]]:
        """The runs that are active, and the latest one, the last queued first."""
        ids = {*self._store.runs.active(), *self._store.runs.latest(limit=1)}
        self._runs = {run_id: self._runs.get(run_id) or self._store.runs.get(run_id) for run_id in ids}
        self._tallies = {run_id: tally for run_id, tally in self._tallies.items() if run_id in ids}
        runs = sorted(self._runs.values(), key=lambda run: -run.queued_at)
        return [(run, self._store.runs.progress(run.run_id)) for run in runs]

    def _tally(self, run_id: str) -> _Tally:
        tally = self._tallies.setdefault(run_id, _Tally())
        for stored in self._store.runs.reported(run_id, tally.findings):
            tally.add(stored)
        return tally


def _shard(shard: Shard, nodes: Sequence[Node]) -> dict[str, Any]:
    fields = {"name", "documents", "lines", "tokens", "capacity", "version"}
    served = sum(node.holds.get(shard.name, -1) >= shard.version for node in nodes)
    return shard.model_dump(mode="json", include=fields) | {"nodes": served}


def _workers(nodes: Sequence[Node], busy: int) -> dict[str, int]:
    workers = [node for node in nodes if node.kind == "worker"]
    slots = sum(node.concurrency for node in workers)
    return {"processes": len(workers), "slots": slots, "busy": busy, "idle": max(0, slots - busy)}


def _usage(tallies: Sequence[_Tally], vain: Iterable[Mapping[str, Unused]], reached: int) -> dict[str, Any]:
    """What findings took by engine, and assists in vain, beside what reached coordinators."""
    total: dict[str, dict[str, float]] = {}
    used = [each for tally in tallies for each in tally.by_engine.items()]
    for name, more in (*used, *((name, _took(each)) for unused in vain for name, each in unused.items())):
        before = total.get(name, dict.fromkeys(more, 0.0))
        total[name] = {key: before[key] + more[key] for key in more}
    return {
        "worker_tokens": int(sum(each["tokens"] for each in total.values())),
        "coordinator_tokens": in_tokens(reached),
        "by_engine": total,
    }


def _took(unused: Unused) -> dict[str, float]:
    tokens = unused.input_tokens + unused.output_tokens
    return {"findings": 0, "tokens": tokens, "cost_usd": unused.cost_usd}


def _assists(counts: Sequence[Count]) -> dict[str, int]:
    """Blocked briefs of these runs: those that wait for help now, and what came of the others."""
    solved = sum(each.progress.solved for each in counts)
    escalated = sum(each.progress.escalated for each in counts)
    waiting = sum(each.open_blockers for each in counts)
    return {"waiting": waiting, "solved": solved, "escalated": escalated}


def _discoveries(found: Sequence[Discoveries]) -> dict[str, Any]:
    """What these runs found in the discovery log, and what that saved."""
    return {
        "hits": sum(each.hits for each in found),
        "misses": sum(each.misses for each in found),
        "saved_tokens": sum(each.saved_tokens for each in found),
        "saved_usd": sum(each.saved_usd for each in found),
    }


def _run(count: Count, busy: int) -> dict[str, Any]:
    number, passes = count.progress.pass_number, count.run.plan.passes
    return {
        "run_id": count.run.run_id,
        "question": count.run.question,
        "state": count.progress.state.value,
        "pass": number,
        "passes": len(passes),
        "pass_name": passes[number - 1].name if number else "",
        "workers": count.workers,
        "reported": count.reported,
        "busy": busy,
        "findings": count.findings,
    }
