"""Dropping a shard: not while a run uses it, unless that run is to fail."""

from collections.abc import Iterator
from contextlib import suppress

from swarm_app.contracts.run import Run, RunState
from swarm_app.errors import UnknownError, UsageError
from swarm_app.store.store import Store

_UNDER_WAY = {RunState.QUEUED, RunState.RUNNING}


def under_way(store: Store) -> Iterator[Run]:
    """The runs that are queued or running."""
    for run_id in store.runs.active():
        with suppress(UnknownError):  # it has just expired
            yield store.runs.get(run_id)


def drop(store: Store, name: str, *, force: bool = False) -> None:
    """Forget a shard, and its documents unless another shard holds them or a stored run may cite them.

    Raises `UnknownError`, and `UsageError` that names the runs that use it; with ``force`` they fail.
    """
    store.shards.get(name)
    if not force and (users := _users(store, name)):
        raise UsageError(
            f"Shard {name} is in use by {', '.join(users)}. Wait for the end, or `swarm cancel {users[0]}`; "
            "with --force it is dropped all the same, and the run fails."
        )
    store.shards.drop(name)
    for run_id in _users(store, name):  # also one that was queued meanwhile: it would wait for ever
        store.runs.move(run_id, _UNDER_WAY, RunState.FAILED, reason=f"shard {name} was dropped")


def _users(store: Store, name: str) -> list[str]:
    return [run.run_id for run in under_way(store) if name in run.shards]
