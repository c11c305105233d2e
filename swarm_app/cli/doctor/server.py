"""What can be checked of the server, and of who is connected to it."""

import time
from collections.abc import Callable, Iterator
from typing import Any

from swarm_app.cli.doctor.check import Check, fail, ok, warn
from swarm_app.embedded import find
from swarm_app.errors import SwarmError
from swarm_app.settings import Settings
from swarm_app.store.store import Store

SKEW = 2.0  # seconds between our clock and the server's that do no harm


def server(settings: Settings) -> Iterator[Check]:
    """The checks, one after another; only the first if the server is not there."""
    if settings.embedded and not _running(settings):
        yield ok("server", "embedded, not running; a command that needs it starts it")
        return
    store = Store(settings)
    reached = _reached(store)
    yield reached
    if not reached.mend:
        yield from (_guarded(name, check, store) for name, check in _CHECKS.items())
    store.close()


def _running(settings: Settings) -> bool:
    lease = find(settings)
    if lease is None:
        return False
    lease.release()
    return settings.server_socket.exists()


def _reached(store: Store) -> Check:
    try:
        return ok("server", f"version {store.check()}")
    except SwarmError as error:
        return fail("server", str(error), "Nothing works without it.")


def _guarded(name: str, check: Callable[[Store], Check], store: Store) -> Check:
    """The check, or a warning where the server does not let us look."""
    try:
        return check(store)
    except SwarmError as error:
        return warn(name, str(error), "Check it by hand.")


def _persistence(store: Store) -> Check:
    return persistence(store.client.info("persistence"), store.client.config_get("appendfsync"))


def persistence(info: dict[str, Any], config: dict[str, str]) -> Check:
    """Whether what is stored survives the server: from INFO persistence and CONFIG GET appendfsync."""
    if not int(info.get("aof_enabled", 0)):
        mend = "Set appendonly yes; what was written since the last snapshot is lost otherwise."
        return warn("persistence", "the append-only file is off", mend)
    if info.get("aof_last_write_status", "ok") != "ok":
        return fail("persistence", "the last write to the append-only file failed", "Make room on its disk.")
    fsync = config.get("appendfsync", "unknown")
    if fsync != "always":
        mend = "Set appendfsync always; a killed server may lose the last second otherwise."
        return warn("persistence", f"append-only file, appendfsync {fsync}", mend)
    return ok("persistence", "append-only file, appendfsync always")


def _eviction(store: Store) -> Check:
    return eviction(store.client.info("memory"))


def eviction(info: dict[str, Any]) -> Check:
    """Whether the server may throw away what is stored: from INFO memory."""
    policy, limit = info.get("maxmemory_policy", "unknown"), int(info.get("maxmemory", 0))
    detail = f"{policy}, {f'{limit / 1e6:.0f} MB' if limit else 'no limit'}"
    if policy != "noeviction":
        return fail(
            "eviction", detail, "Set maxmemory-policy noeviction; runs and queues must not be evicted."
        )
    return ok("eviction", detail)


def _clock(store: Store) -> Check:
    seconds, microseconds = store.client.time()
    return clock(time.time() - (seconds + microseconds / 1e6))


def clock(skew: float) -> Check:
    """Whether our clock and the server's agree; ``skew`` in seconds."""
    if abs(skew) > SKEW:
        return warn(
            "clock",
            f"{skew:+.1f} s from the server's",
            "Let both machines keep time by NTP: leases are by the clock.",
        )
    return ok("clock", "agrees with the server's")


def _workers(store: Store) -> Check:
    count = sum(node.kind == "worker" for node in store.nodes.alive())
    if count or not store.runs.active():
        return ok("workers", f"{count} alive")
    return warn("workers", "none is alive, and runs are waiting", "Start one: swarm up, or swarm worker.")


def _shards(store: Store) -> Check:
    served = {name for node in store.nodes.alive() for name in node.holds}
    names = [shard.name for shard in store.shards.all()]
    asleep = [name for name in names if name not in served]
    detail = f"{len(names)} stored, {len(names) - len(asleep)} served"
    if asleep and store.runs.active():
        return warn("shards", detail, f"Start what a run may wait for: swarm shard serve {asleep[0]}.")
    return ok("shards", detail)


_CHECKS: dict[str, Callable[[Store], Check]] = {
    "persistence": _persistence,
    "eviction": _eviction,
    "clock": _clock,
    "workers": _workers,
    "shards": _shards,
}
