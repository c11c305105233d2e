"""What can be checked of the server, and of who is connected to it."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from swarm_app.cli.doctor.check import Check, fail, ok, warn
from swarm_app.client.dropping import under_way
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
        yield from _looked_into(store)
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


def _looked_into(store: Store) -> Iterator[Check]:
    try:
        yield from _health(store)
    except SwarmError as error:
        yield warn("persistence", str(error), "Check it by hand.")


def _guarded(name: str, check: Callable[[Store], Check], store: Store) -> Check:
    """The check, or a warning where the server does not let us look."""
    try:
        return check(store)
    except SwarmError as error:
        return warn(name, str(error), "Check it by hand.")


def _health(store: Store) -> Iterator[Check]:
    """What the server says of itself, a check for each trouble, or one that all is well."""
    troubles = store.health.troubles()
    for trouble in troubles:
        yield (fail if trouble.grave else warn)(trouble.name, trouble.detail, trouble.mend)
    if not troubles:
        yield ok("persistence", "append-only file, appendfsync always; nothing is evicted")


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


def shards(store: Store) -> Check:
    """Whether the shards are served that runs wait for."""
    served = {name for node in store.nodes.alive() for name in node.holds}
    stored = store.shards.names()
    detail = f"{len(stored)} stored, {len(served.intersection(stored))} served"
    waits = {
        run.run_id: asleep
        for run in under_way(store)
        if (asleep := [name for name in run.shards if name not in served])
    }
    if not waits:
        return ok("shards", detail)
    told = "; ".join(f"{run_id} waits for {', '.join(asleep)}" for run_id, asleep in waits.items())
    return warn("shards", f"{detail}; {told}", _mend(waits, set(stored)))


def _mend(waits: Mapping[str, Sequence[str]], stored: set[str]) -> str:
    """How to go on with runs that wait for shards which are not served, or not even stored."""
    asleep = sorted({name for names in waits.values() for name in names if name in stored})
    hopeless = [run_id for run_id, names in waits.items() if not stored.issuperset(names)]
    commands = [f"swarm shard serve {name}" for name in asleep]
    start = [f"Start: {', '.join(commands)}."] if commands else []
    return " ".join([*start, *(f"A shard of {each} is gone: swarm cancel {each}." for each in hopeless)])


_CHECKS: dict[str, Callable[[Store], Check]] = {
    "clock": _clock,
    "workers": _workers,
    "shards": shards,
}
